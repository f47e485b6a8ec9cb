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

  /// - Throws: ``Malformed`` that names the field, never its contents. A number that its type can't hold counts as not
  ///   JSON: Foundation says no more of it.
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

  /// Names the field by its path, never its contents.
  package init(_ error: DecodingError) {
    func name(_ path: [any CodingKey], _ last: (any CodingKey)? = nil) -> String {
      (["data"] + (path + (last.map { [$0] } ?? [])).map { $0.intValue.map(String.init) ?? $0.stringValue })
        .joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context): reason = "\(name(context.codingPath, key)) is missing"
    case .valueNotFound(_, let context): reason = "\(name(context.codingPath)) is null"
    case .typeMismatch(let type, let context): reason = "\(name(context.codingPath)) is not \(Self.word(for: type))"
    case .dataCorrupted(let context):
      reason =
        context.codingPath.isEmpty
        ? "data is not JSON" : "\(name(context.codingPath)) is \(Self.ownWords(context) ?? "not a value allowed there")"
    @unknown default: reason = "data is not of the expected form"
    }
  }

  /// What our own types say of a value, `not a …`, which never quotes it. Foundation's words on a number or an
  /// enumeration do, and with it what a citizen may have written there.
  private static func ownWords(_ context: DecodingError.Context) -> String? {
    context.debugDescription.hasPrefix("not a ") ? context.debugDescription : nil
  }

  private static func word(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is Double.Type: "a number"
    case is [String: Any].Type: "an object"
    case is [Any].Type: "a list"
    default: "of the expected form"
    }
  }
}
