import Cases
import EventLog
import Routing
import Streams
import Testing
import Time

/// What route does about a case that somebody hands on.
struct HandedOnTests {
  private let time = GivenTime(Instant(milliseconds: 1_790_215_200_000))
  private let schools = Owner(id: "schools", kind: .department, name: "教育局")

  private func processor() throws -> RouteProcessor {
    RouteProcessor(
      directory: try Directory(
        version: "7", stations: [.init(id: "county", name: "县总站", level: .county)],
        departments: [
          .init(id: "schools", name: "教育局", categories: ["教育文体"]),
          .init(id: "roads", name: "交通局", categories: ["交通运输"]),
        ]))
  }

  private func assigned(_ event: CaseEvent) throws -> CaseCommand.Assign? {
    let processor = try processor()
    let envelope = CloudEvent(
      id: "case-1.5", source: Sources.track, type: event.type, subject: "case-1", time: time, data: event.data)
    var state: Never?
    let input = try processor.decode(
      StoredRecord(
        partition: TopicPartition(Topics.cases, 0), offset: 0, timestamp: time.instant,
        record: envelope.record(key: Array("case-1".utf8))))
    guard case .emit(let topic, let record)? = processor.process(input, state: &state, at: time.instant).first else {
      return nil
    }
    let command = try CloudEvent(record)
    #expect(topic == Topics.commands && record.key == Array("case-1".utf8))
    #expect(command.id == "case-1.5.0" && command.source == Sources.route && command.time == time)
    guard case .assign(let assign) = try CaseCommand(type: command.type, data: command.data) else { return nil }
    #expect(assign.event == "case-1.5")
    return assign
  }

  @Test func `what is returned goes to the next one`() throws {
    let assign = try assigned(
      .returned(
        CaseEvent.Returned(
          by: "教育局", reason: "属交通", from: schools, tried: ["schools"], next: ["schools", "roads", "county"], count: 1)))
    #expect(assign?.assignment.owner.id == "roads")
    #expect(assign?.because == .returned)
  }

  @Test func `what is returned as often as may be goes to the county's station`() throws {
    let assign = try assigned(
      .returned(
        CaseEvent.Returned(
          by: "教育局", reason: "属交通", from: schools, tried: ["schools"], next: ["roads", "county"], count: 2)))
    #expect(assign?.assignment.owner.id == "county")
  }

  @Test func `what is transferred goes to whom it was meant for, or to the county's station where nobody is that`()
    throws
  {
    func transferred(to id: String) throws -> String? {
      try assigned(
        .transferred(
          CaseEvent.Transferred(by: "教育局", reason: "属交通", from: schools, to: id, tried: ["schools"], next: []))
      )?.assignment.owner.id
    }
    #expect(try transferred(to: "roads") == "roads")
    #expect(try transferred(to: "nobody") == "county")
  }

  @Test func `what is escalated goes to the station above`() throws {
    let assign = try assigned(
      .escalated(
        CaseEvent.Escalated(step: .asked, by: "教育局", reason: "办不了", from: schools, tried: ["schools"], next: [])))
    #expect(assign?.assignment.owner.id == "county")
    #expect(assign?.because == .escalated)
  }

  @Test func `other events of a case are none of its business`() throws {
    #expect(try assigned(.signed(CaseEvent.Signed(by: "教育局", owner: schools))) == nil)
  }
}
