import FoundationEssentials

/// State that a changelog can hold: to bytes and back.
///
/// `Codable` state gets both for nothing, as JSON with sorted keys, so that equal states are equal bytes.
package protocol StoredState: Sendable {
  init(stored bytes: [UInt8]) throws
  func stored() throws -> [UInt8]
}

extension StoredState where Self: Codable {
  package init(stored bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(bytes))
  }

  package func stored() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

extension Never: StoredState {}
