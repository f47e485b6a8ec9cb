/// Any JSON, so that it can be spoilt.
indirect enum JSONValue: Codable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .object(let members): try container.encode(members)
    }
  }

  /// The same without one of its members, and with one that nothing can be: for each member, however deep it stands. Of a
  /// list the first is taken for all.
  ///
  /// - Parameter values: numbers are put in the place of each number, too, texts in that of each text, a null in that of each member.
  func spoilt(with values: [JSONValue] = []) -> [JSONValue] {
    let nulls = values.filter { if case .null = $0 { true } else { false } }
    switch self {
    case .object(let members):
      return members.sorted { $0.key < $1.key }.flatMap { name, value in
        func with(_ other: JSONValue?) -> JSONValue {
          var changed = members
          changed[name] = other
          return .object(changed)
        }
        return [with(nil), with(.list([.null]))] + nulls.map(with) + value.spoilt(with: values).map(with)
      }
    case .list(let items):
      return items.first.map { first in first.spoilt(with: values).map { .list([$0] + items.dropFirst()) } } ?? []
    case .number: return values.filter { if case .number = $0 { true } else { false } }
    case .text: return values.filter { if case .text = $0 { true } else { false } }
    case .null, .bool: return []
    }
  }
}
