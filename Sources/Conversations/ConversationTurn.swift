import Cases
import Streams
import Time

/// One message, or one timer that fell due, as it is handled: what becomes of the conversation, and what follows.
struct ConversationTurn {
  static let sendTimer: Streams.Timer.Kind = "send"
  static let forgetTimer: Streams.Timer.Kind = "forget"

  private(set) var conversation: Conversation
  private(set) var effects: [Effect] = []
  private let pace: Pace

  init(_ conversation: Conversation, _ pace: Pace) {
    self.conversation = conversation
    self.pace = pace
  }

  mutating func take(_ input: ChatRecord) {
    guard notes(input) else {
      return count("huiyin_duplicates_suppressed", ["type": EventTypes.chatMessage])
    }
    if let revoked = conversation.revoked, input.created < revoked { return count(Self.dropped) }
    switch input.message.kind {
    case .text, .image, .voice, .video, .location, .link: add(input)
    case .scan, .subscribe: if let code = input.message.code { bind(code, input) }
    case .finish, .unsubscribe: send(ending: input.created)
    case .revoked: revoke(at: input.created)
    }
  }

  mutating func timeIsUp(_ timer: Streams.Timer) {
    guard let draft = conversation.draft, draft.timer == timer.generation else { return }
    send(ending: draft.end(pace))
  }

  mutating func forget(_ timer: Streams.Timer) {
    conversation.seen.forget(by: timer.due)
    guard conversation.seen.isEmpty else { return }
    conversation.revoked = nil
  }

  // MARK: Once

  /// - Returns: whether it is new.
  private mutating func notes(_ input: ChatRecord) -> Bool {
    let digest = input.identity.shortDigest
    conversation.seen.forget(by: input.recorded)
    guard !conversation.seen.contains(digest) else { return false }
    let expiry = conversation.seen.expiry
    conversation.seen.insert(digest, at: input.recorded)
    if let later = conversation.seen.expiry, later != expiry {
      effects.append(.schedule(Self.forgetTimer, generation: conversation.nextTimer(), at: later))
    }
    return true
  }

  // MARK: What is said

  private mutating func add(_ input: ChatRecord) {
    guard let piece = Draft.Piece(input.message, created: input.created) else { return }
    if let draft = conversation.draft {
      if !draft.isInTime(piece.created, pace) || draft.code != code(at: piece.created)?.code {
        send(ending: draft.end(pace))
      } else if !draft.hasRoom(for: piece) {
        send(ending: nil)
      }
    }
    var draft: Draft
    if let begun = conversation.draft {
      draft = begun
      draft.add(piece, of: input.identity)
    } else {
      let bound = code(at: piece.created)
      draft = Draft(input, piece, under: bound)
      if bound != nil { conversation.bound?.until = .distantFuture }
    }
    draft.timer = conversation.nextTimer()
    conversation.draft = draft
    let due = max(draft.end(pace), input.recorded) + pace.patience
    effects.append(.schedule(Self.sendTimer, generation: draft.timer, at: due))
  }

  private func code(at moment: Instant) -> BoundCode? {
    conversation.bound.flatMap { $0.covers(moment) ? $0 : nil }
  }

  /// - Parameter end: when it was over; `nil` if what is said next goes on with it.
  private mutating func send(ending end: Instant?) {
    guard let draft = conversation.draft else { return }
    effects += [.emit(to: Topics.opinions, draft.record), .cancel(Self.sendTimer)]
    conversation.draft = nil
    if let end, conversation.bound?.code == draft.code { conversation.bound?.until = end }
  }

  // MARK: Codes

  /// A scan read only after what was said under it still binds that; one older than the code at hand changes nothing.
  private mutating func bind(_ code: String, _ input: ChatRecord) {
    if let known = conversation.bound, known.since > input.created { return }
    var bound = BoundCode(
      code: code, scan: input.message.scan, since: input.created, until: input.created + pace.longest)
    if var draft = conversation.draft {
      if input.created < draft.began {
        if bound.covers(draft.began) {
          draft.code = bound.code
          draft.scan = bound.scan
          conversation.draft = draft
          bound.until = .distantFuture
        }
      } else if draft.code == code, input.created <= draft.end(pace) {
        return
      } else {
        send(ending: input.created)
      }
    }
    conversation.bound = bound
  }

  // MARK: Consent

  /// What isn't sent yet is dropped, and all but the digests forgotten.
  private mutating func revoke(at moment: Instant) {
    if let draft = conversation.draft {
      effects.append(.cancel(Self.sendTimer))
      for _ in draft.pieces { count(Self.dropped) }
    }
    conversation.draft = nil
    conversation.bound = nil
    conversation.revoked = moment
    count("huiyin_chats_revoked")
  }

  private static let dropped = "huiyin_chat_messages_dropped"

  private mutating func count(_ metric: String, _ labels: [String: String] = [:]) {
    effects.append(.count(Counted(metric, labels)))
  }
}
