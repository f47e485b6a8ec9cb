import Cases

/// A line that `huiyin classify` writes: the opinion's id beside what it is about.
struct ClassificationLine: Encodable {
  /// A line that it reads.
  struct Question: Decodable {
    let id: String?
    let title: String?
    let text: String
    let category: String?
  }

  let id: String?
  let classification: Classification

  private enum Key: CodingKey { case id }

  func encode(to encoder: any Encoder) throws {
    try classification.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
  }
}
