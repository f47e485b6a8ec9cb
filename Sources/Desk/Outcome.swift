import Cases
import Monitoring
import Time
import WebPages

/// What came of the command that somebody has just sent, as far as the read model knows.
struct Outcome {
  let style: String
  let title: String
  let lines: [EventLine]
  let text: String?
  let link: String?
  let linkLabel: String?
  /// Seconds after which the page is to be loaded again.
  let refresh: Int?

  /// How long it usually takes at most.
  static let patience = Duration.seconds(60)

  /// - Parameters:
  ///   - events: those that the command led to.
  ///   - since: when it was sent, if that is known.
  ///   - address: of the page that shows it.
  init(_ events: [RecordedEvent], since: Instant?, at now: Instant, address: String, _ language: Language) {
    let words = DeskWords(language)
    lines = events.map { EventLine($0, in: language) }
    guard events.isEmpty else {
      let isRefused = events.contains { if case .refusedCommand = $0.event { true } else { false } }
      style = isRefused ? "refused" : "done"
      title = isRefused ? words.refusedTitle : words.doneTitle
      (text, link, linkLabel, refresh) = (nil, nil, nil, nil)
      return
    }
    let isSlow = since.map { now > $0 + Self.patience } ?? true
    style = "pending"
    title = words.sentTitle
    text = isSlow ? words.sentSlow : words.sentText
    link = address
    linkLabel = words.again
    refresh = isSlow ? 20 : 2
  }
}
