import EventLog

/// A log that copies one topic to another through its port: poll, commit, and nothing in between.
struct BareCopy {
  static let batch = BatchLimit(records: 1000, bytes: 4 << 20)

  let log: any EventLog
  let from: String
  let to: String

  func run(records: Int) throws {
    let member = try log.join(Membership(group: "bare", topics: [from], member: "bare"))
    defer { member.leave() }
    var copied = 0
    while copied < records {
      let polled = try member.poll(for: .seconds(1), limit: Self.batch, paused: [])
      guard !polled.records.isEmpty else { continue }
      let outputs = polled.records.map { Output(to: to, $0.record) }
      let outcome = Outcome(outputs: outputs, positions: polled.positions, metadata: polled.metadata)
      if case .committed = try member.commit(outcome) { copied += outputs.count }
    }
  }

  /// Fills a topic with records of 1 kB.
  static func publish(_ records: Int, keys: Int, to topic: String, in log: any EventLog) throws {
    let value = [UInt8](repeating: UInt8(ascii: "x"), count: 1000)
    let publisher = try log.openPublisher(as: "bench")
    for start in stride(from: 0, to: records, by: 5000) {
      _ = try publisher.publish(
        (start..<min(records, start + 5000)).map { number in
          Output(to: topic, Record(key: Array("case-\(number % keys)".utf8), value: value))
        })
    }
    publisher.close()
  }
}
