import Assembly
import Cases
import EventLog
import Foundation
import Logging
import LoopbackClient
import Synchronization
import Testing

/// A backup of a home on which a whole pipeline is at work.
@Suite(.serialized) struct `Backup and restore` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func environment(_ data: String) -> [String: String] {
    // One address sends them all.
    ["HUIYIN_DATA": folder.path(data), "HUIYIN_HTTP": "127.0.0.1:0", "HUIYIN_LIMIT_ADDRESS": "0"]
  }

  /// Sends opinions one after the other for as long as there is somebody to send them to.
  private final class Sender: Sendable {
    private let acknowledged = Mutex<[String]>([])

    var cases: [String] { acknowledged.withLock { $0 } }

    func run(_ port: Int, name: Int) {
      guard let client = try? TCPClient(port: port) else { return }
      for number in 0... {
        let body = #"{"text":"路灯坏了 \#(name)-\#(number)"}"#
        let request =
          "POST /opinions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
          + "\(body.utf8.count)\r\n\r\n\(body)"
        guard (try? client.send(request)) != nil, let answer = try? client.answer(), answer.status == 202,
          let id = answer.body.firstMatch(of: /"case":"([^"]+)"/)?.1
        else { return }
        acknowledged.withLock { $0.append(String(id)) }
      }
    }
  }

  /// Waits until `isTrue`, looking again whenever the log has something new, or half a minute has passed.
  private func wait(for log: String, until isTrue: (String) -> Bool) throws -> String {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) } ?? ""
      if isTrue(text) { return text }
      sched_yield()
    }
    throw Executables.Missing(description: "not in \(log)")
  }

  /// How many records of a topic each case has.
  private func cases(of topic: String, in data: String) throws -> [String: Int] {
    let settings = try Settings(environment: environment(data))
    let log = try LogHome.open(settings, now: Program.wallClock, logger: Logger(label: "test"))
    let reader = try log.openReader()
    defer { reader.close() }
    var counts: [String: Int] = [:]
    for number in 0..<settings.partitions {
      let partition = TopicPartition(topic, number)
      let bounds = try reader.bounds(of: partition)
      var position = bounds.lowerBound
      while position < bounds.upperBound {
        let chunk = try reader.read(
          from: [partition: position], for: .zero, limit: BatchLimit(records: 10_000, bytes: 8 << 20))
        for record in chunk.records {
          counts[String(decoding: record.record.key ?? [], as: UTF8.self), default: 0] += 1
        }
        position = chunk.positions[partition] ?? position
      }
    }
    return counts
  }

  @Test func `a backup made under load holds all that was acknowledged before it, once, and verify finds nothing`()
    throws
  {
    let processes = ProcessGroup()
    try processes.start("huiyin", ["serve"], environment("data"), log: folder.path("serve.log"))
    let words = try wait(for: folder.path("serve.log")) { $0.contains("server.port=") }
    let port = try #require(words.firstMatch(of: /server\.port=([0-9]+)/).flatMap { Int($0.1) })
    let senders = (0..<4).map { _ in Sender() }
    for (name, sender) in senders.enumerated() { Thread { sender.run(port, name: name) }.start() }
    let end = ContinuousClock.now + .seconds(60)
    while senders.map(\.cases.count).reduce(0, +) < 300, ContinuousClock.now < end { sched_yield() }

    let before = senders.flatMap(\.cases)
    let made = try Executables.huiyin("backup", "--to", folder.path("backup"), environment: environment("data"))
    #expect(made.status == 0, "\(made.errors)")
    let after = senders.flatMap(\.cases)
    #expect(before.count >= 300 && after.count > before.count, "the load must go on while the copy is made")
    #expect(processes.allRun)
    #expect(processes.stop() == [0])

    let restored = try Executables.huiyin("restore", "--from", folder.path("backup"), "--to", folder.path("restored"))
    #expect(restored.status == 0, "\(restored.errors)")
    let opinions = try cases(of: Topics.opinions, in: "restored")
    #expect(before.filter { opinions[$0] == nil } == [])
    #expect(opinions.values.allSatisfy { $0 == 1 })
    let verified = try Executables.huiyin("verify", environment: environment("restored"))
    #expect(verified.status == 0, "\(verified.output)")

    // And it goes on from there: every opinion becomes a case.
    try processes.start("huiyin", ["serve"], environment("restored"), log: folder.path("again.log"))
    let limit = ContinuousClock.now + .seconds(60)
    var opened: [String: Int] = [:]
    while opened.count < opinions.count, ContinuousClock.now < limit {
      opened = try cases(of: Topics.cases, in: "restored")
    }
    #expect(Set(opened.keys) == Set(opinions.keys))
    #expect(processes.stop() == [0])
    let again = try Executables.huiyin("verify", environment: environment("restored"))
    #expect(again.status == 0, "\(again.output)")
  }

  @Test func `a home on Kafka is refused, and health says what it finds`() throws {
    let refused = try Executables.huiyin(
      "backup", "--to", folder.path("backup"), environment: ["HUIYIN_LOG": "kafka://127.0.0.1:1"])
    #expect(refused.status == 1 && refused.errors.contains("on Kafka"))
    let processes = ProcessGroup()
    var environment = environment("data")
    environment["HUIYIN_LOG_FORMAT"] = "json"
    try processes.start("huiyin", ["serve"], environment, log: folder.path("serve.log"))
    let words = try wait(for: folder.path("serve.log")) { $0.contains("server.port") }
    let port = try #require(words.firstMatch(of: /"server\.port":"([0-9]+)"/)?.1)
    let address = ["HUIYIN_HTTP": "0.0.0.0:\(port)"]
    let live = try Executables.huiyin("health", environment: address)
    #expect(live.status == 0 && live.output == "live\n")
    #expect(processes.stop() == [0])
    for line in try wait(for: folder.path("serve.log"), until: { $0.contains("stopped") }).split(separator: "\n") {
      let fields = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(fields["time"] is String && fields["level"] is String && fields["message"] is String)
    }
    let gone = try Executables.huiyin("health", "--ready", environment: address)
    #expect(gone.status == 1 && gone.errors.contains("nothing answers"))
  }
}
