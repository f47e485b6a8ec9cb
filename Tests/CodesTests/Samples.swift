import Cases
import Codes
import EventLog
import Foundation
import Logging
import SQLiteLog
import Testing
import Time

let deputySubject = Code.Subject(.deputy, holder: "d1", place: "村委会门口")
let stationSubject = Code.Subject(.station, holder: "liuhe")
let activitySubject = Code.Subject(.activity, holder: "liuhe", activity: "代表进景区", place: "入口")

func moment(_ text: String) throws -> Instant { try #require(GivenTime(text)?.instant) }
func given(_ text: String) throws -> GivenTime { try #require(GivenTime(text)) }

let now = Instant(milliseconds: 1_790_000_000_000)

func sampleKeys(_ text: String = "K7:0123456789abcdef") throws -> CodeKeys { try CodeKeys(text) }

/// The first code of that subject, made at ``now``.
func sampleCode(
  _ subject: Code.Subject = deputySubject, category: String? = nil, from: GivenTime? = nil, until: GivenTime? = nil
) throws -> Code {
  let order = CodePlan.Order(subject, category: category, from: from, until: until)
  let plan = try CodePlan([order], in: CodeBook(), under: sampleKeys(), at: now)
  return try #require(plan.new.first)
}

func sampleDirectory(deputyName: String = "溪明安", duty: String? = "每周三 9:00–11:30") throws -> Directory {
  try Directory(
    version: "1",
    stations: [
      Directory.Station(id: "county", name: "县总站", level: .county),
      Directory.Station(id: "liuhe", name: "柳河镇代表联络站", level: .township, parent: "county", duty: duty),
    ],
    deputies: [Directory.Deputy(id: "d1", name: deputyName, station: "liuhe")])
}

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A log in memory, without any topic.
func memoryLog() throws -> SQLiteLog {
  try SQLiteLog(SQLiteLog.Settings(path: ":memory:", logger: silent, now: { now }))
}

extension EventLog {
  func createCodes() throws {
    _ = try create([
      TopicSpecification(name: Topics.codes, partitions: 3, cleanup: .compact(tombstones: .seconds(86_400)))
    ])
  }

  func publish(_ records: Record...) throws {
    let publisher = try openPublisher(as: "test")
    defer { publisher.close() }
    _ = try publisher.publish(records.map { Output(to: Topics.codes, $0) })
  }
}
