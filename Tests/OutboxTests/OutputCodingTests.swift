import EventLog
import SeededRandom
import Testing

@testable import Outbox

struct OutputCodingTests {
  @Test func `any outputs come back as they went`() {
    var generator = SeededGenerator.announced(for: "OutputCodingTests")
    for _ in 0..<2000 {
      let outputs = Self.outputs(&generator)
      #expect(OutputCoding.decode(OutputCoding.encode(outputs)) == outputs)
    }
  }

  @Test func `broken bytes are an answer`() {
    var generator = SeededGenerator.announced(for: "OutputCodingTests")
    for _ in 0..<5000 {
      var bytes = OutputCoding.encode(Self.outputs(&generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let index = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(0xff, at: index)
        }
      }
      _ = OutputCoding.decode(bytes)
    }
    #expect(OutputCoding.decode([]) == nil)
    #expect(OutputCoding.decode([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]) == nil)
    #expect(OutputCoding.decode(OutputCoding.encode([]) + [0]) == nil)
  }

  private static func outputs(_ generator: inout SeededGenerator) -> [Output] {
    func bytes() -> [UInt8] {
      let count = [0, 1, 20, 200][Int.random(in: 0..<4, using: &generator)]
      return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
    func optional() -> [UInt8]? { Bool.random(using: &generator) ? bytes() : nil }
    return (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
      let headers = (0..<Int.random(in: 0..<4, using: &generator)).map { Header("头-\($0)", optional()) }
      let partition = Bool.random(using: &generator) ? Int.random(in: 0..<1000, using: &generator) : nil
      return Output(to: "topic", partition: partition, Record(key: optional(), value: optional(), headers: headers))
    }
  }
}
