import Cases
import Foundation
import Testing

@testable import Reading

/// Over real messages, which lie beside the project and only where `HUIYIN_TEST_DATA` names their folder.
struct RealMessageTests {
  struct Message: Decodable {
    let title: String
    let text: String
  }

  static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }

  @Test(.enabled(if: folder != nil, "HUIYIN_TEST_DATA does not name the folder of real messages"))
  func `few messages are urgent or matters of other procedures, and masking changes nothing but digits`() throws {
    let file = URL(filePath: try #require(Self.folder)).appending(path: "opinions-labelled.jsonl")
    let messages = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Message.self, from: Data($0.utf8))
    }
    let reader = TextReader(directory: .builtIn)
    var urgent = 0
    var legal = 0
    for message in messages {
      let reading = reader.read(title: message.title, text: message.text)
      if reading.isUrgent { urgent += 1 }
      if !reading.legal.isEmpty { legal += 1 }
      let masked = reading.masked(message.text, field: .text)
      for (one, other) in zip(message.text.unicodeScalars, masked.unicodeScalars) where one != other {
        #expect(other == "*" && (one.properties.numericType != nil || one == "X" || one == "x"))
      }
      #expect(masked.unicodeScalars.count == message.text.unicodeScalars.count)
    }
    print("of \(messages.count) messages \(urgent) urgent, \(legal) with matters of other procedures")
    #expect(messages.count > 1000)
    // A sign that most messages show would be none.
    #expect(urgent > 0 && urgent * 10 < messages.count)
    #expect(legal > 0 && legal * 10 < messages.count)
  }
}
