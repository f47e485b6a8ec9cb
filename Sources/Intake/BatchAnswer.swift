/// What became of one entry of a list of opinions.
enum BatchAnswer: Encodable {
  struct Problem: Encodable {
    let status: Int
    let detail: String
  }

  case accepted(IntakeController.Accepted)
  case problem(Problem)

  private enum CodingKeys: CodingKey { case problem }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .accepted(let accepted): try accepted.encode(to: encoder)
    case .problem(let problem):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(problem, forKey: .problem)
    }
  }
}
