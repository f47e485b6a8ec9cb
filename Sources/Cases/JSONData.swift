import FoundationEssentials

/// The JSON form of what our events carry: keys sorted, slashes plain, so that equal values are equal bytes.
package enum JSONData {
  package static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(value))
    } catch {
      preconditionFailure("our own values always have a JSON form: \(error)")
    }
  }

  /// - Throws: ``Malformed`` that names the field, never its contents.
  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]?) throws(Malformed) -> Value {
    guard let bytes else { throw Malformed("data is missing") }
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Malformed("data is not valid UTF-8") }
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw Malformed(error)
    } catch {
      throw Malformed("data is not JSON")
    }
  }
}

/// Data that isn't of the form our contract asks for: which field, and what is wrong with it.
package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }

  package var description: String { reason }

  init(_ error: DecodingError) {
    func name(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
      (["data"] + (path + (last.map { [$0] } ?? [])).map { $0.intValue.map(String.init) ?? $0.stringValue })
        .joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): reason = "\(name(context.codingPath, key)) is missing"
    case .valueNotFound(_, let context): reason = "\(name(context.codingPath)) is null"
    case .typeMismatch(let type, let context): reason = "\(name(context.codingPath)) is not \(Self.word(for: type))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: reason = "data is not JSON"
    case .dataCorrupted(let context):
      // Our own types say "not a …"; what the library says of enums and numbers repeats the value.
      let isOurs = context.debugDescription.hasPrefix("not ")
      reason = "\(name(context.codingPath)): " + (isOurs ? context.debugDescription : "not one of the allowed values")
    @unknown default: reason = "data is not of the expected form"
    }
  }

  private static func word(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is Double.Type: "a number"
    case is any Collection.Type: "of the expected form"
    default: "of the expected form"
    }
  }
}
