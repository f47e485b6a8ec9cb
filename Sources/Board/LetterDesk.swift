import Accounts
import EventLog
import HTTPTypes
import HTTPValues
import Logging
import Monitoring
import Offloading
import Streams
import WebPages

/// Answers `/dead-letters`: what could not be handled, for the administrator to retry or to drop.
struct LetterDesk: Sendable {
  private static let pageLines = 50

  let reading: ModelReading
  let office: DeadLetterOffice
  let doorkeeper: Doorkeeper
  let logger: Logger
  /// For the log, which may be away.
  private let offload = Offload(name: "dead-letters", threads: 1, limit: 20)

  init(reading: ModelReading, office: DeadLetterOffice, doorkeeper: Doorkeeper, logger: Logger) {
    self.reading = reading
    self.office = office
    self.doorkeeper = doorkeeper
    self.logger = logger
  }

  func list(_ visit: Visit) async throws -> Response {
    let after = visit.request.query["after"]
    let listing = try await reading.page { model in try model.deadLetters(after: after, limit: Self.pageLines) }
    let words = LetterWords.of(visit.language)
    let frame = visit.frame(words.title, here: .deadLetters, isLive: true)
    return Templates.page("letters", LetterListPage(frame, words, listing, after: after))
  }

  func one(_ visit: Visit, _ id: String) async throws -> Response {
    let words = LetterWords.of(visit.language)
    guard let letter = try await letter(id) else { return missing(visit, words) }
    let result = visit.request.query["done"].flatMap { Self.result($0, words) }
    let frame = visit.frame("\(words.one) \(letter.id)", here: .deadLetters)
    let page = LetterPage(frame, words, letter, allows: { office.allows($0, for: letter) }, note: result)
    return Templates.page("letter", page)
  }

  /// Asks once more.
  func ask(_ visit: Visit, _ visitor: Visitor, _ id: String, _ verb: DeadLetterOffice.Verb) async throws -> Response {
    let words = LetterWords.of(visit.language)
    guard let letter = try await letter(id) else { return missing(visit, words) }
    let address = LetterPage.address(letter.id)
    guard !letter.status.isSettled, office.allows(verb, for: letter) else {
      let outcome: DeadLetterOffice.Outcome = letter.status.isSettled ? .settledBefore : .refused
      return PagePolicy.see(Self.address(letter.id, outcome, verb))
    }
    let question = LetterPage.Question(
      ask: verb == .retry ? words.retryAsk : words.dropAsk, note: verb == .retry ? words.retryNote : words.dropNote,
      action: "\(address)/\(verb.rawValue)", formField: Doorkeeper.formField, formToken: visitor.formToken,
      cancel: address, confirm: verb == .retry ? words.retry : words.drop)
    let frame = visit.frame(question.ask, here: .deadLetters)
    return Templates.page(
      "letter", LetterPage(frame, words, letter, allows: { office.allows($0, for: letter) }, question: question))
  }

  func settle(_ visit: Visit, _ visitor: Visitor, _ id: String, _ verb: DeadLetterOffice.Verb) async throws -> Response
  {
    guard doorkeeper.accepts(visit.request.form?[Doorkeeper.formField], of: visitor) else {
      return .problem(.forbidden, "This was not sent from a page of ours that you were shown.")
    }
    let words = LetterWords.of(visit.language)
    let settled = try await offload.run { [office] () -> (String, DeadLetterOffice.Outcome)? in
      guard let letter = try office.letter(id) else { return nil }
      var result = DeadLetterOffice.Outcome.refused
      try office.settle([letter], by: verb) { result = $1 }
      return (letter.id, result)
    }
    guard let (letter, outcome) = settled else { return missing(visit, words) }
    logger.notice(
      "a dead letter was decided on",
      metadata: [
        "letter": "\(letter)", "verb": "\(verb.rawValue)", "outcome": "\(outcome)",
        "user": "\(visitor.account.name)",
      ])
    return PagePolicy.see(Self.address(letter, outcome, verb))
  }

  private func letter(_ id: String) async throws -> DeadLetter? {
    try await offload.run { [office] in try office.letter(id) }
  }

  private func missing(_ visit: Visit, _ words: LetterWords) -> Response {
    Templates.page("message", MessagePage(frame: visit.frame(words.title), text: words.gone), status: .notFound)
  }

  private static let outcomes: [(name: String, outcome: DeadLetterOffice.Outcome)] = [
    ("settled", .settled), ("handed-on", .handedOn), ("refused", .refused), ("before", .settledBefore),
  ]

  private static func address(
    _ id: String, _ outcome: DeadLetterOffice.Outcome, _ verb: DeadLetterOffice.Verb
  ) -> String {
    let name = outcomes.first { $0.outcome == outcome }?.name ?? ""
    return "\(LetterPage.address(id))?done=\(name)-\(verb.rawValue)"
  }

  private static func result(_ text: String, _ words: LetterWords) -> String? {
    for (name, outcome) in outcomes {
      for verb in DeadLetterOffice.Verb.allCases where text == "\(name)-\(verb.rawValue)" {
        return words.result(outcome, of: verb)
      }
    }
    return nil
  }
}
