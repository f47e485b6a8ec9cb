import Assembly
import Cases
import EventLog
import Foundation
import Streams
import Time

/// What the demo does with the running pipeline: feeds it, waits until all is handled, and tells what came of it.
struct DemoShow: Sendable {
  let log: any EventLog

  private static let stages = [
    ("classify", Topics.opinions), ("route", Topics.classifications), ("track", Topics.commands),
    ("feedback", Topics.cases),
  ]

  /// Owners with a row of their own in the table: those with the most cases.
  private static let rows = 12

  /// Publishes the sample, unless this log has opinions already, and waits until nothing of it is under way.
  func play(_ lines: [EventFile.Line]) async throws {
    if try opinions() > 0 {
      print("found the cases of an earlier start")
    } else {
      let publisher = try log.openPublisher(as: "demo")
      defer { publisher.close() }
      _ = try publisher.publish(lines.map { $0.output(historic: true) })
      print("published \(lines.count) opinions and replies")
    }
    var bar = ProgressBar("办理", total: lines.count)
    while let left = try left() {
      bar.show(max(0, lines.count - left))
      try await Task.sleep(for: .milliseconds(100))
    }
    bar.finish()
  }

  private func opinions() throws -> Int {
    let reader = try log.openReader()
    defer { reader.close() }
    return try partitions(Topics.opinions).reduce(0) { $0 + (try reader.bounds(of: $1).count) }
  }

  private func partitions(_ topic: String) throws -> [TopicPartition] {
    let count = try log.topics().first { $0.name == topic }?.partitions ?? 0
    return (0..<count).map { TopicPartition(topic, $0) }
  }

  /// How many records wait for a stage, or cases for a deadline event that is due; `nil` when none does.
  private func left() throws -> Int? {
    let reader = try log.openReader()
    defer { reader.close() }
    var left = 0
    for (group, topic) in Self.stages {
      let committed = try reader.committedOffsets(of: group)
      for partition in try partitions(topic) {
        let bounds = try reader.bounds(of: partition)
        left += Int(max(0, bounds.upperBound - (committed[partition] ?? bounds.lowerBound)))
      }
    }
    if left == 0 {
      let now = Program.wallClock()
      left = try CaseLedger(reading: log).cases.values.count {
        $0.phase == .open && !$0.overdue && $0.deadline.expires.instant <= now
      }
    }
    return left == 0 ? nil : left
  }

  /// Cases by owner: how many, how answered, what is open.
  func printTable(directory: Directory) throws {
    let ledger = try CaseLedger(reading: log)
    let cases = ledger.cases.values
    print("\n承办单位 Owner                        件 Cases  按期 In time  逾期答复 Late  逾期未复 Overdue  在办 Open")
    let byOwner = Dictionary(grouping: cases) { $0.owner?.name ?? "—" }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    for (owner, own) in byOwner.prefix(Self.rows) { printRow(owner, own) }
    let others = byOwner.dropFirst(Self.rows)
    if !others.isEmpty { printRow("其余 \(others.count) 家 others", others.flatMap(\.value)) }
    printRow("合计 All", Array(cases))
  }

  private func printRow(_ name: String, _ cases: [CaseSummary]) {
    let counts = [
      cases.count, cases.count { $0.replied != nil && !$0.overdue }, cases.count { $0.replied != nil && $0.overdue },
      cases.count { $0.replied == nil && $0.overdue }, cases.count { $0.replied == nil && !$0.overdue },
    ]
    var row = name + String(repeating: " ", count: max(1, 38 - Self.width(name)))
    for (count, width) in zip(counts, [9, 14, 15, 18, 11]) {
      let text = String(count)
      row += String(repeating: " ", count: max(1, width - text.count)) + text
    }
    print(row)
  }

  /// Columns that the text takes on a terminal: a Chinese character takes two.
  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
  }

  /// Path and key of the page of the case with the longest history.
  func pageOfSomeCase(_ settings: Settings, _ folder: DataFolder) throws -> String? {
    let ledger = try CaseLedger(reading: log)
    guard let longest = ledger.cases.values.max(by: { ($0.events, $1.id) < ($1.events, $0.id) }) else { return nil }
    let key = CaseKey(of: longest.id, under: try CaseKeySecret.read(settings, folder))
    return "cases/\(longest.id)?k=\(key.text)"
  }
}
