import Cases
import HTTPTypes
import Streams

/// What a path behind `/api/v1/` stands for.
enum APIRoute: Hashable {
  case overview, rates, trend, categories, cases, find, review, deadLetters, health, owners, me
  case oneCase(CaseID)
  case events(CaseID)
  case citizen(CaseID)
  case commands(CaseID)
  case disclose(CaseID)
  /// What came of the command of that id.
  case outcome(CaseID, command: String)
  /// As `topic/partition/offset`.
  case deadLetter(String)
  case settling(String, DeadLetterOffice.Verb)

  /// - Parameter segments: what stands behind `/api/v1`.
  /// - Returns: `nil` for a path that stands for nothing.
  init?(_ segments: some Collection<String>) {
    let parts = Array(segments)
    switch parts {
    case ["overview"]: self = .overview
    case ["rates"]: self = .rates
    case ["trend"]: self = .trend
    case ["categories"]: self = .categories
    case ["cases"]: self = .cases
    case ["cases", "find"]: self = .find
    case ["review"]: self = .review
    case ["dead-letters"]: self = .deadLetters
    case ["health"]: self = .health
    case ["directory", "owners"]: self = .owners
    case ["me"]: self = .me
    default:
      switch (parts.first, parts.count) {
      case ("dead-letters", 4...5):
        guard Int(parts[2]) != nil, Int64(parts[3]) != nil else { return nil }
        let id = parts[1...3].joined(separator: "/")
        if parts.count == 4 {
          self = .deadLetter(id)
        } else {
          guard let verb = DeadLetterOffice.Verb(rawValue: parts[4]) else { return nil }
          self = .settling(id, verb)
        }
      case ("cases", 2...4):
        guard let id = CaseID(parts[1]) else { return nil }
        self.init(id, Array(parts[2...]))
      default: return nil
      }
    }
  }

  private init?(_ id: CaseID, _ rest: [String]) {
    switch rest {
    case []: self = .oneCase(id)
    case ["events"]: self = .events(id)
    case ["citizen"]: self = .citizen(id)
    case ["commands"]: self = .commands(id)
    case ["disclose"]: self = .disclose(id)
    default:
      guard rest.count == 2, rest[0] == "commands", CommandName.isName(rest[1]) else { return nil }
      self = .outcome(id, command: rest[1])
    }
  }

  /// The one that it answers to.
  var method: HTTPRequest.Method {
    switch self {
    case .commands, .disclose, .settling: .post
    default: .get
    }
  }

  /// The answer may stand nowhere but with whom it was given to.
  var isPersonal: Bool {
    switch self {
    case .citizen, .me: true
    default: false
    }
  }

  /// Needs nothing of the read model but that it is there.
  var isAnsweredWhileRebuilding: Bool { self == .health || self == .me }
}
