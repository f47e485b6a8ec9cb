import Cases
package import EventLog
package import Streams
package import Time

/// What was it that they said? Joins the messages that a citizen sends in a chat into opinions.
///
/// * One opinion is what was written under one code, without a pause longer than ``Pace/idle``, within ``Pace/longest``,
///   until the citizen finished it (`finish`), left (`unsubscribe`) or scanned another code. It holds at most 100
///   messages, 20 attachments and 100,000 bytes: what goes beyond begins the next one.
/// * All of this is judged by the times at which messages were written, not by those at which they were read; timers, by
///   the times at which the log took them in. So the same log gives the same opinions whenever it is read, but for a
///   message that comes when the opinion that it belongs to is sent: it begins another.
/// * A code covers what is said from its scan on, until the opinion said under it ends.
/// * Each message is taken in once, however often it is delivered within seven days: see ``SeenDigests``.
/// * Once the citizen has withdrawn their consent (`revoked`), what was written before and isn't sent yet is dropped.
///
/// State per citizen: the digests of a week, and what isn't sent yet. Gone a week after their last message.
package struct ConverseProcessor: Processor {
  package typealias State = Conversation

  package let name = "converse"
  package let inputs = [Topics.chats]
  private let pace: Pace

  package init(pace: Pace = Pace()) {
    self.pace = pace
  }

  package func decode(_ record: StoredRecord) throws(Rejection) -> ChatRecord {
    try ChatRecord(record)
  }

  package func process(_ input: ChatRecord, state: inout Conversation?, at time: Instant) -> [Effect] {
    turn(&state) { $0.take(input) }
  }

  package func punctuate(_ timer: Streams.Timer, state: inout Conversation?, at time: Instant) -> [Effect] {
    turn(&state) { turn in
      switch timer.kind {
      case ConversationTurn.sendTimer: turn.timeIsUp(timer)
      case ConversationTurn.forgetTimer: turn.forget(timer)
      default: break
      }
    }
  }

  private func turn(_ state: inout Conversation?, _ body: (inout ConversationTurn) -> Void) -> [Effect] {
    var turn = ConversationTurn(state ?? Conversation(), pace)
    body(&turn)
    state = turn.conversation.isOver ? nil : turn.conversation
    return turn.effects
  }
}
