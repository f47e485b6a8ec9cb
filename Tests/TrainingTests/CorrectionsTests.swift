import Cases
import Testing
import Time
import Training

struct CorrectionsTests {
  private func opened(_ text: String, title: String? = nil) throws -> CaseEvent {
    let time = try #require(GivenTime("2026-09-24T10:00:00+08:00"))
    let due = try #require(CalendarDate("2026-10-12"))
    let submission = Submission(
      opinion: OpinionReference(source: "/t", id: text), received: time, recorded: time, historic: false,
      statement: Statement(Opinion(channel: "web", title: title, text: text)))
    let deadline = CaseEvent.ReplyDeadline(
      due: due, expires: time, workingDays: 7, calendar: "c", policy: "p", provisional: false, generation: 1)
    return .opened(CaseEvent.Opened(submission: submission, deadline: deadline))
  }

  private func said(_ category: String) -> CaseEvent {
    .classified(Classification(CaseCommand.CorrectCategory(by: "总站", category: category)))
  }

  @Test func `what people said last of a case is a line to learn from, and of the others nothing`() throws {
    let (a, b) = (try #require(CaseID("a")), try #require(CaseID("b")))
    let number = TextReading.PersonalNumber(kind: .mobile, span: .init(field: .text, start: 5, end: 16))
    let reading = TextReading(personalNumbers: [number], version: "r")
    var corrections = Corrections()
    corrections.take(try opened("灯坏了，打13800138000", title: "路灯"), of: a)
    corrections.take(try opened("别的"), of: b)
    let machine = Classification(
      category: "交通运输", confidence: 0.5, why: [], by: .model, version: "m", reading: reading)
    corrections.take(.classified(machine), of: a)
    corrections.take(.classified(machine), of: b)
    corrections.take(said("民政"), of: a)
    corrections.take(said("城乡建设"), of: a)
    #expect(
      corrections.opinions == [
        LabelledOpinion(id: "a", title: "路灯", text: "灯坏了，打138****8000", category: "城乡建设")
      ])
  }
}
