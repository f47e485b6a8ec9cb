import SeededRandom
import Cases
import Foundation
import Similarity
import Testing
import Time

/// Over real messages, which lie beside the project and only where `HUIYIN_TEST_DATA` names their folder.
struct RealMessageTests {
  struct Message: Decodable {
    let title: String
    let text: String
  }

  static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }

  static func messages() throws -> [Message] {
    let file = URL(filePath: try #require(folder)).appending(path: "opinions-labelled.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Message.self, from: Data($0.utf8))
    }
  }

  /// Every twentieth message is sent again with a tenth of its characters changed, left out or added.
  @Test(.enabled(if: folder != nil, "HUIYIN_TEST_DATA does not name the folder of real messages"))
  func `a message sent again with a tenth of its characters changed is found`() throws {
    let messages = try Self.messages().enumerated().filter { $0.offset.isMultiple(of: 20) }.map(\.element)
    let seed: UInt64 = 8
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    var meeting = Meeting()
    var sent = 0
    for (index, message) in messages.enumerated() {
      guard Sketch(title: message.title, text: message.text) != nil else { continue }
      sent += 1
      try meeting.say("m\(index)", message.text, title: message.title, received: Meeting.start)
    }
    for (index, message) in messages.enumerated() {
      try meeting.say(
        "r\(index)", Texts.changed(message.text, share: 0.1, &chance),
        title: Texts.changed(message.title, share: 0.1, &chance), received: Meeting.start + .seconds(60))
    }
    let again = Set(meeting.found.filter { $0.later.dropFirst() == $0.earlier.dropFirst() })
    let others = meeting.found.filter { $0.later.dropFirst() != $0.earlier.dropFirst() }
    print("of \(sent) messages sent again \(again.count) found; \(others.count) other pairs")
    #expect(sent > 250)
    #expect(again.count * 100 >= sent * 98)
    // Two messages of ten thousand pairs taken at random are hardly ever of one matter.
    #expect(others.count * 10 < sent)
  }
}
