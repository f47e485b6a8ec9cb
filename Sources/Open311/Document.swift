import HTTPTypes
import HTTPValues

/// An answer that both of the protocol's formats can say.
struct Document {
  indirect enum Value {
    /// `null`, or an empty element.
    case none
    case text(String)
    case number(Double)
    case flag(Bool)
    case record([(name: String, value: Value)])
    /// - Parameter of: what XML calls an entry.
    case list(of: String, [Value])

    static func text(orNone text: String?) -> Value { text.map { .text($0) } ?? .none }
    static func number(orNone number: Double?) -> Value { number.map { .number($0) } ?? .none }
  }

  /// What XML calls the whole; JSON has no name for it.
  let root: String
  let value: Value

  func response(in format: Format, status: HTTPResponse.Status = .ok) -> Response {
    switch format {
    case .json: return .json(value, status: status)
    case .xml:
      var writer = XMLWriter()
      writer.write(value, named: root)
      return Response(
        status, headers: [.contentType: format.mediaType], body: Array(writer.text.utf8))
    }
  }

  /// Errors in the protocol's form.
  /// - Parameter description: for a reader; repeats nothing of the request.
  static func error(
    _ status: HTTPResponse.Status, _ description: String, in format: Format
  ) -> Response {
    let error = Value.record([("code", .number(Double(status.code))), ("description", .text(description))])
    return Document(root: "errors", value: .list(of: "error", [error])).response(in: format, status: status)
  }
}

extension Document.Value: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch self {
    case .none:
      var container = encoder.singleValueContainer()
      try container.encodeNil()
    case .text(let text): try text.encode(to: encoder)
    case .number(let number):
      if let whole = Int(exactly: number) { try whole.encode(to: encoder) } else { try number.encode(to: encoder) }
    case .flag(let flag): try flag.encode(to: encoder)
    case .record(let fields):
      var container = encoder.container(keyedBy: Name.self)
      for (name, value) in fields { try container.encode(value, forKey: Name(stringValue: name)) }
    case .list(_, let entries): try entries.encode(to: encoder)
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
