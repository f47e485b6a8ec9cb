import Cases

/// A line that `huiyin classify` writes: the opinion's id beside what it is about.
struct ClassificationLine: Encodable {
  /// A line that it reads.
  struct Question: Decodable {
    let id: ID?
    let title: String?
    let text: String
    /// The category that the scanned code belongs to. Not `category`, which a labelled opinion has too.
    let preset: String?
  }

  /// Text or a number, given back as it came.
  enum ID: Codable {
    case text(String)
    case number(Int64)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

  let id: ID?
  let classification: Classification

  private enum Key: CodingKey { case id }

  func encode(to encoder: any Encoder) throws {
    try classification.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
  }
}
