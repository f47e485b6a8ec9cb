import Cases
import Time
import YAMLForms
import Yams

/// One walk over the YAML of the rules of feedback.
struct FeedbackReading {
  private var form: YAMLReading

  init(file: String) {
    form = YAMLReading(file: file)
  }

  mutating func read(_ root: Node) throws(InvalidFile) -> FeedbackRules {
    let keys: Set<String> = ["version", "quiet", "channels", "hours", "words"]
    let top = form.mapping(root, "the file", keys: keys, required: ["version", "channels", "words"])
    let version = version(top["version"])
    let quiet = quiet(top["quiet"])
    let orders = orders(top["channels"])
    let waits = waits(top["hours"])
    let words = words(top["words"])
    try form.check()
    return FeedbackRules(version: version, quiet: quiet, orders: orders, waits: waits, words: words)
  }

  private mutating func version(_ node: Node?) -> String {
    let version = form.text(node, "version") ?? ""
    if node != nil, version.isEmpty || version.count > 64 || version.contains(where: \.isWhitespace) {
      form.fault(node, "version is not 1 to 64 characters without spaces")
    }
    return version
  }

  // MARK: Quiet hours

  private mutating func quiet(_ node: Node?) -> QuietHours {
    guard let node else { return QuietHours(from: .zero, until: .zero, channels: []) }
    let all: Set<String> = ["from", "until", "channels"]
    let fields = form.mapping(node, "quiet", keys: all, required: all)
    let channels = channels(fields["channels"], "quiet.channels", among: FeedbackChannel.quietable)
    return QuietHours(
      from: time(fields["from"], "quiet.from"), until: time(fields["until"], "quiet.until"), channels: Set(channels))
  }

  private mutating func time(_ node: Node?, _ what: String) -> Duration {
    guard let text = form.text(node, what) else { return .zero }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { $0.count == 2 ? Int($0) : nil }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
      (0..<60).contains(minute)
    else {
      form.fault(node, "\(what) must be HH:MM, is \(text)")
      return .zero
    }
    return .seconds(hour * 3600 + minute * 60)
  }

  // MARK: Channels

  private mutating func orders(_ node: Node?) -> [ChannelPlan.Purpose: [FeedbackChannel]] {
    guard let node else { return [:] }
    let names = Set(ChannelPlan.Purpose.allCases.map(\.rawValue))
    let fields = form.mapping(node, "channels", keys: names, required: names)
    var orders: [ChannelPlan.Purpose: [FeedbackChannel]] = [:]
    for purpose in ChannelPlan.Purpose.allCases {
      let what = "channels.\(purpose.rawValue)"
      orders[purpose] = channels(fields[purpose.rawValue], what, among: FeedbackChannel.listed)
    }
    if let answer = fields["answer"], orders[.answer]?.isEmpty == true {
      form.fault(answer, "channels.answer names no channel")
    }
    return orders
  }

  private mutating func channels(
    _ node: Node?, _ what: String, among known: Set<FeedbackChannel>
  ) -> [FeedbackChannel] {
    var channels: [FeedbackChannel] = []
    for item in form.list(node, what) {
      guard let name = form.text(item, "one of \(what)") else { continue }
      let channel = FeedbackChannel(rawValue: name)
      if !known.contains(channel) {
        let names = known.map(\.rawValue).sorted().joined(separator: ", ")
        form.fault(item, "\(what) has \(name), must be one of \(names)")
      } else if channels.contains(channel) {
        form.fault(item, "\(what) has \(name) twice")
      } else {
        channels.append(channel)
      }
    }
    return channels
  }

  private mutating func waits(_ node: Node?) -> [FeedbackChannel: Duration] {
    guard let node else { return [:] }
    let fields = form.mapping(node, "hours", keys: Set(FeedbackChannel.carried.map(\.rawValue)))
    var waits: [FeedbackChannel: Duration] = [:]
    for (name, node) in fields {
      guard let hours = form.wholeNumber(node, "hours.\(name)") else { continue }
      if (1...2400).contains(hours) {
        waits[FeedbackChannel(rawValue: name)] = .seconds(hours * 3600)
      } else {
        form.fault(node, "hours.\(name) must be 1 to 2400, is \(hours)")
      }
    }
    return waits
  }

  // MARK: Words

  private mutating func words(_ node: Node?) -> [CaseEvent.Name: [Recipient: Words]] {
    guard let node else { return [:] }
    let tellable = CaseEvent.Name.allCases.filter { !Placeholder.allowed(on: $0, for: .citizen).isEmpty }
    let events = form.mapping(
      node, "words", keys: Set(tellable.map(\.rawValue)), required: ["replied", "refused"])
    var all: [CaseEvent.Name: [Recipient: Words]] = [:]
    for event in tellable {
      guard let node = events[event.rawValue] else { continue }
      let isAnswer = event == .replied || event == .refused
      let recipients = form.mapping(
        node, "words.\(event.rawValue)", keys: Set(Recipient.allCases.map(\.rawValue)),
        required: isAnswer ? ["citizen"] : [])
      for recipient in Recipient.allCases {
        guard let node = recipients[recipient.rawValue] else { continue }
        all[event, default: [:]][recipient] = words(node, event, recipient)
      }
    }
    return all
  }

  /// A text, in Chinese, or one for each language.
  private mutating func words(_ node: Node, _ event: CaseEvent.Name, _ recipient: Recipient) -> Words? {
    let what = "words.\(event.rawValue).\(recipient.rawValue)"
    let allowed = Placeholder.allowed(on: event, for: recipient)
    guard node.mapping != nil else {
      return wording(node, what, allowed).map { Words(chinese: $0, english: nil) }
    }
    let fields = form.mapping(node, what, keys: ["zh", "en"], required: ["zh"])
    let english = fields["en"].flatMap { wording($0, "\(what).en", allowed) }
    return fields["zh"].flatMap { wording($0, "\(what).zh", allowed) }.map { Words(chinese: $0, english: english) }
  }

  private mutating func wording(_ node: Node, _ what: String, _ allowed: Set<Placeholder>) -> Wording? {
    guard let text = form.text(node, what) else { return nil }
    do throws(Wording.Fault) {
      return try Wording(text, allowed: allowed)
    } catch {
      form.fault(node, "\(what) \(error.reason)")
      return nil
    }
  }
}
