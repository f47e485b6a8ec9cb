import Cases
import Testing
import Time

struct CaseRulesTests {
  private static func rules() throws -> CaseRules {
    let policy = try ReplyPolicy(version: "place-1", replyWorkingDays: 5, urgentWorkingDays: 1)
    let file = try CalendarFile("version: first\n2027-01-01 off 元旦\n2027-02-07 work 春节\n", file: "plan")
    return CaseRules(policy: policy, calendar: WorkingCalendar.builtIn.with(file))
  }

  @Test func `rules survive their JSON form, and equal rules are equal bytes`() throws {
    let rules = try Self.rules()
    let again = try CaseRules(json: rules.json)
    #expect(again == rules)
    #expect(again.json == rules.json)
    #expect(try Self.rules().json == rules.json)
    #expect(rules.json.count < 100_000)
  }

  @Test func `the calendar that comes out of them says of every day what went in`() throws {
    let rules = try Self.rules()
    let calendar = try CaseRules(json: rules.json).workingCalendar
    #expect(calendar.version == WorkingCalendar.builtIn.version + "+first")
    for year in 2006...2027 {
      for number in 0..<366 {
        guard let day = CalendarDate(year: year, month: 1, day: 1)?.advanced(byDays: number) else { continue }
        let wanted =
          year < 2027
          ? WorkingCalendar.builtIn.isWorkingDay(day)
          : day == CalendarDate("2027-02-07") || day.weekday <= 5 && day != CalendarDate("2027-01-01")
        if day.year == year { #expect(calendar.isWorkingDay(day) == wanted, "\(day)") }
      }
    }
    #expect(calendar.hasPlan(2027) && !calendar.hasPlan(2028))
  }

  @Test(arguments: [
    ("{}", "data.calendar is missing"),
    (#"{"calendar":{"version":"a b","plans":[]},"policy":{"version":"1"}}"#, "data.calendar.version must be"),
    (#"{"calendar":{"version":"","plans":[]},"policy":{"version":"1"}}"#, "data.calendar.version must be"),
    (
      #"{"calendar":{"version":"a+b","plans":[{"year":9999,"days":[]}]},"policy":{"version":"1"}}"#,
      "data.calendar.plans has one of 9999"
    ),
    (#"{"calendar":{"version":"a","plans":[]},"policy":{"version":"1","replyWorkingDays":"x","reply":7}}"#, "data."),
    ("[", "data is not JSON"),
  ])
  func `what makes no sense is refused with the field's name`(json: String, reason: String) {
    do {
      _ = try CaseRules(json: Array(json.utf8))
      Issue.record("it was taken")
    } catch {
      let isNamed =
        error.reason.hasPrefix(reason) || reason == "data.calendar is missing" && error.reason.hasSuffix("is missing")
      #expect(isNamed, "\(error.reason)")
    }
  }
}
