/// Any JSON, of which only a part is known here.
indirect enum JSONTree: Hashable, Codable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

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
    } else if let list = try? container.decode([JSONTree].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
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

  subscript(member: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members[member]
  }

  var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  var items: [JSONTree] {
    guard case .list(let items) = self else { return [] }
    return items
  }

  /// The same with every text changed that is the value of a member of one of these names, or stands in a list that is.
  func changing(_ names: Set<String>, _ change: (String) -> String) -> JSONTree {
    changing(names, isInside: false, change)
  }

  private func changing(_ names: Set<String>, isInside: Bool, _ change: (String) -> String) -> JSONTree {
    switch self {
    case .null, .bool, .number: self
    case .text(let text): isInside ? .text(change(text)) : self
    case .list(let items): .list(items.map { $0.changing(names, isInside: isInside, change) })
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { name, value in
            (name, value.changing(names, isInside: names.contains(name), change))
          }))
    }
  }
}
