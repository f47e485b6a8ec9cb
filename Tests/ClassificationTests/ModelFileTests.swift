import Classification
import Foundation
import Testing

struct ModelFileTests {
  static func header(_ categories: [String] = ["甲", "乙"]) -> ModelHeader {
    ModelHeader(
      version: "", categories: categories, bits: 8, titleWeight: 1, unit: 0.001, featureUnit: 0.001,
      bias: categories.map { _ in 0 }, sharpness: 1, shift: categories.map { _ in 0 }, threshold: 500, knownFloor: 500,
      hanFloor: 500)
  }

  static func bytes(_ header: ModelHeader = header()) -> [UInt8] {
    ModelFile.bytes(header, weights: (0..<(256 * header.lanes)).map { Int16(truncatingIfNeeded: $0 * 31 % 997) })
  }

  func load(_ bytes: [UInt8]) throws -> Model {
    let path = FileManager.default.temporaryDirectory.appending(path: "huiyin-\(UUID().uuidString).model").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(bytes).write(to: URL(filePath: path))
    return try Model(path: path)
  }

  func reason(_ bytes: [UInt8]) -> String? {
    do {
      _ = try load(bytes)
      return nil
    } catch let error as ModelError {
      return error.reason
    } catch {
      return "\(error)"
    }
  }

  @Test func `what was written is read, and named after its weights`() throws {
    let model = try load(Self.bytes())
    #expect(model.header.categories == ["甲", "乙"])
    #expect(model.header.version.hasPrefix("model-") && model.header.version.count == 14)
    #expect(try load(Self.bytes(Self.header((0..<15).map { "类\($0)" }))).header.lanes == 16)
  }

  @Test func `a file that isn't there says so`() {
    #expect(throws: ModelError.self) { try Model(path: "/nowhere/opinions.model") }
  }

  @Test func `one flipped bit anywhere is found`() throws {
    let bytes = Self.bytes()
    for place in stride(from: 8, to: bytes.count, by: 101) {
      var broken = bytes
      broken[place] ^= 4
      #expect(reason(broken) != nil, "byte \(place)")
    }
    var broken = bytes
    broken[bytes.count - 1] ^= 1
    #expect(reason(broken) == "is damaged: its checksum is another")
  }

  @Test func `a file cut short anywhere is refused`() {
    let bytes = Self.bytes()
    for length in [0, 1, 8, 19, 20, 100, bytes.count / 2, bytes.count - 1] {
      #expect(reason(Array(bytes.prefix(length))) != nil, "\(length) bytes")
    }
    #expect(reason(bytes + [0]) == "is cut short, or too long")
  }

  @Test func `another format, and what is no model, are told apart`() {
    var newer = Self.bytes()
    newer[7] = UInt8(ascii: "2")
    #expect(reason(newer) == "is of another format: this program reads format 1")
    #expect(reason(Array("PK zip, or something of that kind".utf8)) == "is no model")
  }

  @Test func `a header with impossible numbers is refused`() {
    var header = Self.header()
    header.sharpness = 0
    #expect(reason(Self.bytes(header)) == "its header has numbers that can't be")
    #expect(reason(Self.bytes(Self.header(["甲", "甲"]))) == "its header has not 2 to 15 categories, each once")
  }
}
