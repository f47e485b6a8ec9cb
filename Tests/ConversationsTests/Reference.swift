import Cases
import Time

/// What must become of one citizen's deliveries: the rules once more, from their words, over plain lists that are gone
/// through anew each time; without states, digests or timers.
struct Reference {
  private struct Scanned {
    var code: String
    var scan: Scan?
    var at: Instant
    /// Whether something is being said under it.
    var inUse = false
    var ended: Instant?

    func holds(at moment: Instant) -> Bool {
      if moment < at { return false }
      if inUse { return true }
      return moment < (ended ?? at + Duration.seconds(3600))
    }
  }

  private struct Word {
    var delivery: Delivery
    var written: Instant
  }

  private(set) var said: [Said] = []
  /// Ids of the messages that a withdrawal kept from becoming part of an opinion.
  private(set) var dropped: Set<String> = []

  private var known: Set<String> = []
  private var withdrawn: Instant?
  private var scanned: Scanned?
  private var saying: [Word] = []
  private var sayingUnder: Scanned?

  /// - Parameter deliveries: in their order, all of one citizen.
  init(_ deliveries: [Delivery]) {
    for delivery in deliveries {
      if delivery.isPunctual { passTime(to: delivery.recorded) }
      if known.insert(delivery.id).inserted { read(delivery) }
    }
    end(at: nil, isOver: true)
  }

  private var times: [Instant] { saying.map(\.written).sorted() }

  private var timeIsUp: Instant? {
    guard let first = times.first, let last = times.last else { return nil }
    return [first + Duration.seconds(3600), last + Duration.seconds(600)].min()
  }

  private mutating func passTime(to now: Instant) {
    guard let timeIsUp, let latest = saying.last?.delivery.recorded else { return }
    if [timeIsUp, latest].allSatisfy({ $0 + Duration.seconds(30) <= now }) { end(at: timeIsUp, isOver: true) }
  }

  private mutating func read(_ delivery: Delivery) {
    let isAhead = delivery.created - delivery.recorded > Duration.seconds(300)
    let written = isAhead ? delivery.recorded : delivery.created
    if let withdrawn, written < withdrawn {
      dropped.insert(delivery.id)
      return
    }
    switch delivery.message.kind {
    case .finish, .unsubscribe: end(at: written, isOver: true)
    case .revoked:
      dropped.formUnion(saying.map(\.delivery.id))
      saying = []
      sayingUnder = nil
      scanned = nil
      withdrawn = written
    case .scan, .subscribe:
      if let code = delivery.message.code {
        scan(Scanned(code: code, scan: delivery.message.scan, at: written))
      }
    default: hear(Word(delivery: delivery, written: written))
    }
  }

  private mutating func scan(_ new: Scanned) {
    if let scanned, scanned.at > new.at { return }
    if let first = times.first, new.at < first {
      scanned = new
      if new.holds(at: first) {
        scanned?.inUse = true
        sayingUnder = scanned
      }
      return
    }
    if !saying.isEmpty {
      if let timeIsUp, sayingUnder?.code == new.code, new.at <= timeIsUp { return }
      end(at: new.at, isOver: true)
    }
    scanned = new
  }

  private mutating func hear(_ word: Word) {
    let under = scanned.flatMap { $0.holds(at: word.written) ? $0 : nil }
    if !saying.isEmpty {
      if !isOneStretch(times + [word.written]) || under?.code != sayingUnder?.code {
        end(at: timeIsUp, isOver: true)
      } else if !fits(saying + [word]) {
        end(at: nil, isOver: false)
      }
    }
    if saying.isEmpty {
      sayingUnder = scanned.flatMap { $0.holds(at: word.written) ? $0 : nil }
      if sayingUnder != nil { scanned?.inUse = true }
    }
    saying.append(word)
  }

  private func isOneStretch(_ times: [Instant]) -> Bool {
    let times = times.sorted()
    guard let first = times.first, let last = times.last else { return true }
    return last - first <= Duration.seconds(3600)
      && zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= Duration.seconds(600) }
  }

  private func fits(_ words: [Word]) -> Bool {
    let messages = words.map(\.delivery.message)
    let attachments = messages.compactMap(\.attachment)
    let bytes =
      messages.compactMap(\.text).map(\.utf8.count).reduce(0, +)
      + attachments.map { ($0.url + $0.mediaType).utf8.count }.reduce(0, +)
    return words.count <= 100 && attachments.count <= 20 && bytes <= 100_000
  }

  private mutating func end(at moment: Instant?, isOver: Bool) {
    guard !saying.isEmpty else { return }
    // Of words written at once, that which came first.
    let words = saying.enumerated().sorted { ($0.element.written, $0.offset) < ($1.element.written, $1.offset) }
      .map(\.element)
    said.append(opinion(words))
    if isOver, let code = sayingUnder?.code, scanned?.code == code {
      scanned?.inUse = false
      scanned?.ended = moment
    }
    saying = []
    sayingUnder = nil
  }

  private func opinion(_ words: [Word]) -> Said {
    let messages = words.map(\.delivery.message)
    let chat = messages[0].chat
    let first = OpinionReference(source: Sources.wechat(chat.account), id: words[0].delivery.id)
    let names: [ChatMessage.Kind: String] = [.image: "图片", .voice: "语音", .video: "视频", .location: "位置"]
    let texts = messages.filter { $0.kind != .location }.compactMap(\.text)
    let kinds = messages.compactMap { names[$0.kind] }
    let named = kinds.enumerated().filter { kinds.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    let place = messages.reversed().first { $0.kind == .location }
    let attachments = messages.compactMap(\.attachment)
    return Said(
      id: OpinionReference(source: String(decoding: chat.key, as: UTF8.self), id: first.digest).digest,
      source: Sources.wechat(chat.account), key: chat.key, at: words[0].written,
      opinion: Opinion(
        channel: "wechat", text: texts.isEmpty ? "（\(named.joined(separator: "、"))）" : texts.joined(separator: "\n"),
        code: sayingUnder?.code, scan: sayingUnder?.scan, address: place?.text, location: place?.location,
        citizen: Citizen(id: "wechat/\(chat.account)/\(chat.openid)", anonymous: true),
        attachments: attachments.isEmpty ? nil : attachments))
  }
}
