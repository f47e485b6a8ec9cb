import Cases
import Streams

/// What an address of ours is about, and who may go there.
enum Route: Hashable {
  /// In which form a list is wanted.
  enum Form: Hashable { case page, json, csv }

  case overview, definitions, stylesheet
  case overdue(Form)
  case cases(Form)
  /// `nil`: no case can be called so.
  case oneCase(CaseID?)
  case review(Form)
  case letters
  /// By its id.
  case letter(String)
  case settling(String, DeadLetterOffice.Verb)
  case health

  enum Access: Hashable {
    case everybody, signedIn
    case roles(Set<Actor.Role>)
  }

  /// `nil` for another controller's path.
  init?(_ segments: [String]) {
    switch segments {
    case []: self = .overview
    case ["definitions"]: self = .definitions
    case ["huiyin.css"]: self = .stylesheet
    case ["overdue"]: self = .overdue(.page)
    case ["overdue.json"]: self = .overdue(.json)
    case ["overdue.csv"]: self = .overdue(.csv)
    case ["cases"]: self = .cases(.page)
    case ["cases.csv"]: self = .cases(.csv)
    case ["review"]: self = .review(.page)
    case ["review.json"]: self = .review(.json)
    case ["dead-letters"]: self = .letters
    case ["health"]: self = .health
    default:
      if segments.count == 2, segments[0] == "cases" {
        self = .oneCase(CaseID(segments[1]))
      } else if segments.count == 4, segments[0] == "dead-letters" {
        self = .letter(segments[1...].joined(separator: "/"))
      } else if segments.count == 5, segments[0] == "dead-letters",
        let verb = DeadLetterOffice.Verb(rawValue: segments[4])
      {
        self = .settling(segments[1...3].joined(separator: "/"), verb)
      } else {
        return nil
      }
    }
  }

  /// Whether something is sent there.
  var takesForms: Bool {
    if case .settling = self { true } else { false }
  }

  /// Shows many cases.
  var isList: Bool {
    switch self {
    case .overdue, .cases, .review: true
    default: false
    }
  }

  /// Is no page.
  var isFile: Bool {
    switch self {
    case .overdue(let form), .cases(let form), .review(let form): form != .page
    default: false
    }
  }

  var access: Access {
    switch self {
    case .overview, .definitions, .stylesheet: .everybody
    case .overdue, .cases, .oneCase: .signedIn
    case .review: .roles([.supervisor, .administrator, .station])
    case .letters, .letter, .settling: .roles([.administrator])
    case .health: .roles([.supervisor, .administrator])
    }
  }
}
