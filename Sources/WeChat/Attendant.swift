package import Cases
import EventLog
package import Outbox
import Streams
package import Time

/// Takes what a citizen says or asks in a chat, and answers at once. It keeps nothing: what was said becomes records,
/// and a message that is delivered again becomes the same ones again.
package struct Attendant: Sendable {
  package enum Answer: Hashable, Sendable {
    case nothing
    case text(String)
    /// It was not made durable, and must not be acknowledged.
    case notTaken
  }

  /// The menu's buttons that are ours, by their key.
  package enum Button: String, CaseIterable, Sendable { case finish, status }

  /// From what age on a message may have been delivered before: the peer repeats after 5 s.
  private static let repeatedAfter = Duration.seconds(4)
  /// Among how many of a citizen's cases a number is looked for.
  private static let searched = 200
  /// Of a message's JSON form, in bytes: the readers of `chats` take no more.
  private static let maximumSize = 100_000

  private let outbox: any Outbox
  private let cases: any CitizenCases
  private let scanner: any CodeScanner
  private let holder: @Sendable (Scan) -> String
  private let words: CommandWords
  private let isTooMuch: @Sendable (ChatID, Instant) -> Bool

  /// - Parameters:
  ///   - holder: whose a valid code is, in words such as 临溪街道代表联络站; called for no other.
  ///   - isTooMuch: counts what is said in a chat, and says whether that is more than may be taken now.
  package init(
    outbox: any Outbox, cases: any CitizenCases, scanner: any CodeScanner, words: CommandWords = CommandWords(),
    holder: @escaping @Sendable (Scan) -> String,
    isTooMuch: @escaping @Sendable (ChatID, Instant) -> Bool = { _, _ in false }
  ) {
    self.outbox = outbox
    self.cases = cases
    self.scanner = scanner
    self.words = words
    self.holder = holder
    self.isTooMuch = isTooMuch
  }

  /// - Parameters:
  ///   - account: whose callback was called.
  ///   - time: now, by our clock.
  package func answer(
    _ incoming: Incoming, to account: String, at time: Instant, within budget: Budget
  ) async -> Answer {
    let turn = Turn(incoming: incoming, account: account, time: time, budget: budget)
    switch incoming.content {
    case .said(let said):
      return isTooMuch(turn.chat, time) ? .text(Sentences.tooMuch) : await hear(said, turn)
    case .scanned(let token, let subscribing): return await greet(token, subscribing: subscribing, turn)
    case .subscribed: return await take(turn.message(.subscribe), turn, thenSay: Sentences.welcome)
    case .unsubscribed: return await take(turn.message(.unsubscribe), turn)
    case .revoked: return await take(turn.message(.revoked), turn)
    case .pressed(let key):
      switch Button(rawValue: key) {
      case .finish: return await finish(turn)
      case .status: return await tellStatus(turn)
      case nil: return .nothing
      }
    case .passing: return .nothing
    }
  }

  private struct Turn: Sendable {
    let incoming: Incoming
    let account: String
    let time: Instant
    let budget: Budget

    var chat: ChatID { ChatID(account: account, openid: incoming.person) }

    func message(_ kind: ChatMessage.Kind) -> ChatMessage {
      ChatMessage(account: account, openid: incoming.person, kind: kind)
    }
  }

  private func hear(_ said: Incoming.Said, _ turn: Turn) async -> Answer {
    if said.kind == .text, let text = said.text {
      switch words.wish(of: text) {
      case .finish: return await finish(turn)
      case .status: return await tellStatus(turn)
      case .show(let id): return await tellStatus(of: id, turn)
      case .rate(let rate): return await take(rate, turn)
      case .say: break
      }
      guard text.contains(where: { !$0.isWhitespace }) else { return .text(Sentences.welcome) }
    }
    var message = turn.message(said.kind)
    message.text = said.text
    message.attachment = said.attachment
    message.location = said.location
    return await take(message, turn, thenSay: Sentences.taken)
  }

  private func greet(_ token: String, subscribing: Bool, _ turn: Turn) async -> Answer {
    let scan = scanner.scan(token, at: turn.incoming.created)
    let sentence = Sentences.welcome(scanned: scan, holder: scan.standing == .valid ? holder(scan) : "")
    var message = turn.message(subscribing ? .subscribe : .scan)
    // No code of ours is longer than the peer lets a scene be: such a scan binds nothing.
    if (1...64).contains(token.count) {
      message.code = token
      message.scan = scan
    } else if !subscribing {
      return .text(sentence)
    }
    return await take(message, turn, thenSay: sentence)
  }

  private func finish(_ turn: Turn) async -> Answer {
    await take(turn.message(.finish), turn, thenSay: Sentences.finished)
  }

  private func tellStatus(_ turn: Turn) async -> Answer {
    guard let found = await look(turn, limit: CaseSentences.listed) else { return .text(CaseSentences.notNow) }
    return .text(CaseSentences.list(found))
  }

  private func tellStatus(of id: CaseID, _ turn: Turn) async -> Answer {
    guard let found = await look(turn, limit: Self.searched) else { return .text(CaseSentences.notNow) }
    return .text(found.first { $0.id == id }.map { CaseSentences.detail($0) } ?? CaseSentences.unknown)
  }

  /// The rating is of the newest case with a reply that isn't rated yet.
  ///
  /// Of a message that may have been delivered before, the newest case with a reply could be rated since, by this very
  /// message: then it must not go on to the next one.
  private func take(_ rate: CaseCommand.Rate, _ turn: Turn) async -> Answer {
    guard let found = await look(turn, limit: Self.searched) else { return .text(Sentences.ratingNotNow) }
    let answered = found.filter { CaseSentences.isAnswered($0) }
    let mayBeRepeated = turn.time - turn.incoming.created >= Self.repeatedAfter
    guard let rated = mayBeRepeated ? answered.first : answered.first(where: { !$0.rated }) else {
      return .text(Sentences.ratingNotAwaited)
    }
    let sentence = Sentences.rated(rate, rated.id)
    if rated.rated { return .text(sentence) }
    let command = CaseCommand.rate(rate)
    let event = CloudEvent(
      id: turn.incoming.identity, source: Sources.wechat(turn.account), type: command.type, subject: rated.id.text,
      time: GivenTime(turn.incoming.created), data: command.data)
    return await put(Output(to: Topics.commands, event.record(key: rated.id.key)), turn, thenSay: sentence)
  }

  private func look(_ turn: Turn, limit: Int) async -> [CitizenCase]? {
    let found = await turn.budget.within { [cases] in await cases.cases(of: turn.chat.citizen, limit: limit) }
    guard case .some(.some(let list)) = found else { return nil }
    return Array(list.prefix(limit))
  }

  private func take(_ message: ChatMessage, _ turn: Turn, thenSay sentence: String? = nil) async -> Answer {
    let data = JSONData.encode(message)
    guard data.count <= Self.maximumSize else { return .text(Sentences.tooLong) }
    let event = CloudEvent(
      id: turn.incoming.identity, source: Sources.wechat(turn.account), type: EventTypes.chatMessage,
      time: GivenTime(turn.incoming.created), data: data)
    return await put(Output(to: Topics.chats, event.record(key: turn.chat.key)), turn, thenSay: sentence)
  }

  private func put(_ output: Output, _ turn: Turn, thenSay sentence: String?) async -> Answer {
    switch await turn.budget.within({ [outbox] in await outbox.put([output]) }) {
    case .durable: sentence.map { .text($0) } ?? .nothing
    case .tooLarge: .text(Sentences.tooLong)
    case .unavailable, nil: .notTaken
    }
  }
}
