import Foundation
import JSONLogs
import Logging
import Synchronization
import Testing
import Time

/// What a line of the log is in JSON, read back by a parser that isn't ours.
@Suite struct `Lines of the log in JSON` {
  private let written = Written()

  private final class Written: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func add(_ line: [UInt8]) { bytes.withLock { $0 += line } }

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func lines() throws -> [NSDictionary] {
      try text.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
      }
    }
  }

  private func logger(_ label: String = "track-worker") -> Logger {
    Logger(label: label) { [written] label in
      JSONLogHandler(
        label: label, now: { Instant(milliseconds: 1_790_000_000_250) }, write: { line in written.add(line) })
    }
  }

  @Test func `a line has its time, level, logger, source, message and metadata, in this order`() throws {
    logger().warning("dead letter", metadata: ["case": "case-1", "topic": "commands"])
    #expect(
      written.text == """
        {"time":"2026-09-21T14:13:20.250Z","level":"warning","logger":"track-worker","source":"JSONLogsTests",\
        "message":"dead letter","case":"case-1","topic":"commands"}

        """)
  }

  @Test func `whatever is in a text, a line stays one line and reads back as it was`() throws {
    let odd = "\" \\ \n \r \t \u{0} \u{1b} \u{7f} 回音 🙂 \u{2028} </script>"
    logger(odd).error("\(odd)", metadata: ["odd \(odd)": "\(odd)"])
    #expect(written.text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    let line = try #require(try written.lines().first)
    #expect(line["logger"] as? String == odd)
    #expect(line["message"] as? String == odd)
    #expect(line["odd \(odd)"] as? String == odd)
  }

  @Test func `lists and objects stay lists and objects`() throws {
    logger().info(
      "m", metadata: ["list": ["a", ["b", "c"], []], "object": ["x": "1", "y": ["z": "2"]], "none": [:]])
    let expected: NSDictionary = [
      "list": ["a", ["b", "c"], [String]()], "object": ["x": "1", "y": ["z": "2"]] as NSDictionary,
      "none": NSDictionary(),
    ]
    let line = try #require(try written.lines().first)
    for (name, value) in expected { #expect(line[name] as? NSObject == value as? NSObject) }
  }

  @Test func `metadata can't stand in the place of a line's own fields`() throws {
    logger().info("true", metadata: ["message": "false", "level": "none"])
    let line = try #require(try written.lines().first)
    #expect(line["message"] as? String == "true" && line["metadata_message"] as? String == "false")
    #expect(line["level"] as? String == "info" && line["metadata_level"] as? String == "none")
  }

  @Test func `the line's own metadata counts before the logger's, and what is below the level isn't written`() throws {
    var logger = logger()
    logger[metadataKey: "worker"] = "track"
    logger[metadataKey: "partition"] = "1"
    logger.debug("not this")
    logger.info("this", metadata: ["partition": "2"])
    let lines = try written.lines()
    #expect(lines.count == 1)
    #expect(lines[0]["worker"] as? String == "track" && lines[0]["partition"] as? String == "2")
  }
}
