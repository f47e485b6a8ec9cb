import Cases
import Foundation
import Testing
import Time

struct TermTests {
  @Test(arguments: [
    ("7 working days", Term.workingDays(7)), ("1 working day", .workingDays(1)), ("30 days", .calendarDays(30)),
    ("1 day", .calendarDays(1)), ("24 hours", .hours(24)), ("1 hour", .hours(1)), ("3 months", .months(3)),
    ("1 month", .months(1)), ("0 days", .calendarDays(0)),
  ])
  func `a term is written in words and read again`(text: String, term: Term) {
    #expect(Term(text) == term)
    #expect(term.description == text)
  }

  @Test(arguments: [("1 days", Term.calendarDays(1)), ("2 working day", .workingDays(2)), ("2  hours", .hours(2))])
  func `a slip of grammar or a space too many is understood`(text: String, term: Term) {
    #expect(Term(text) == term)
  }

  @Test(arguments: [
    "", "7", "days", "-1 days", "+1 days", "7days", "7 weeks", "7 working", "7 working days now", "７ days", "1.5 hours",
    "7 Days", "1000000 days", "9999999999999999999999 days", "7\nworking days", "none",
  ])
  func `anything else is no term`(text: String) {
    #expect(Term(text) == nil)
  }

  @Test func `JSON has it as text`() throws {
    let bytes = try JSONEncoder().encode(["a": Term.months(3)])
    #expect(String(decoding: bytes, as: UTF8.self) == #"{"a":"3 months"}"#)
    #expect(try JSONDecoder().decode([String: Term].self, from: bytes) == ["a": .months(3)])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Term].self, from: Data(#"["soon"]"#.utf8)) }
  }

  @Test func `terms are ordered by their usual length`() {
    let inOrder: [Term] = [
      .hours(1), .hours(23), .calendarDays(1), .hours(24), .workingDays(1), .hours(48), .workingDays(5),
      .calendarDays(7), .hours(168), .workingDays(7), .calendarDays(10), .calendarDays(30), .months(1),
      .workingDays(22), .calendarDays(31), .months(3), .calendarDays(92), .workingDays(250), .months(12),
    ]
    #expect(inOrder.sorted() == inOrder)
    #expect(inOrder.reversed().sorted() == inOrder)
    #expect(Term.workingDays(.max) > .months(12))
    #expect(Term.months(.min) < .hours(0))
  }
}
