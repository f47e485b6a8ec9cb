import Cases
import EventLog
import Routing
import Streams
import Testing
import Time

/// A directory that comes by broadcast.
struct RouteHearingTests {
  private static func directory(_ version: String) throws -> Directory {
    try Directory(version: version, stations: [.init(id: "county", name: "县总站\(version)", level: .county)])
  }

  private static func broadcast(_ directory: Directory) -> Broadcast {
    Broadcast(Topics.directory, directory.records)
  }

  /// The directory's version that a decision records, and the owner's name.
  private static func decision(of processor: RouteProcessor) throws -> [String] {
    let opinion = ClassifiedOpinion(
      submission: Submission(
        opinion: OpinionReference(source: "/gate", id: "1"), received: GivenTime(Instant(milliseconds: 0)),
        recorded: GivenTime(Instant(milliseconds: 1)), historic: false,
        statement: Statement(Opinion(channel: "web", text: "路灯不亮"))),
      classification: Classification(category: "城乡建设", confidence: 0.5, why: [], version: "rules-1"))
    let event = CloudEvent(
      id: "cause", source: Sources.classify, type: EventTypes.opinionClassified, subject: "case-1",
      data: JSONData.encode(opinion))
    let record = StoredRecord(
      partition: TopicPartition(Topics.classifications, 0), offset: 0, timestamp: Instant(milliseconds: 0),
      record: event.record(key: nil))
    var state: Never?
    let effects = processor.process(try processor.decode(record), state: &state, at: Instant(milliseconds: 0))
    guard case .emit(_, let output)? = effects.first else { return [] }
    let made = try CloudEvent(output)
    guard case .open(let open) = try CaseCommand(type: made.type, data: made.data) else { return [] }
    return [open.assignment.directory, open.assignment.owner.name]
  }

  @Test func `decisions are made by the directory that was heard, and say so`() throws {
    let given = RouteProcessor(directory: try Self.directory("a"))
    #expect(given.broadcasts == [Topics.directory])
    #expect(try Self.decision(of: given) == ["a", "县总站a"])
    let informed = try given.hearing(Self.broadcast(try Self.directory("b")))
    #expect(try Self.decision(of: informed) == ["b", "县总站b"])
  }

  @Test func `a directory that makes no sense is refused with the reason`() throws {
    let given = RouteProcessor(directory: try Self.directory("a"))
    #expect(throws: Rejection.self) { try given.hearing(Broadcast(Topics.directory, [:])) }
    var records = try Self.directory("b").records
    records[Array("station/county".utf8)] = Array("{}".utf8)
    do throws(Rejection) {
      _ = try given.hearing(Broadcast(Topics.directory, records))
      Issue.record("it was taken")
    } catch {
      #expect(error.reason.contains("an entry can't be read"))
    }
  }
}
