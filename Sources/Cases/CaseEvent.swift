package import Time

/// What happened to a case: the records of `cases`, each with a `ce_sequence` of 1, 2, 3 … within its case.
package enum CaseEvent: Hashable, Sendable {
  case opened(Opened)
  case classified(Classification)
  case assigned(Assignment)
  case reminded(DeadlineEvent)
  case overdue(DeadlineEvent)
  case overdueWithdrawn(OverdueWithdrawn)
  case deadlineChanged(DeadlineChanged)
  case replied(Replied)
  case delivered(Delivery)
  case undelivered(Delivery)
  case supplemented(Submission)
  case similarFound(SimilarFound)
  case rated(Rated)
  case refusedCommand(RefusedCommand)
  case closed(Closed)

  package struct Opened: Hashable, Sendable, Codable {
    package var submission: Submission
    package var deadline: ReplyDeadline

    package init(submission: Submission, deadline: ReplyDeadline) {
      self.submission = submission
      self.deadline = deadline
    }
  }

  /// Until when a reply is in time, and by which rules that was worked out.
  package struct ReplyDeadline: Hashable, Sendable, Codable {
    /// The last day.
    package var due: CalendarDate
    /// The first moment that is too late: 24:00 Asia/Shanghai of the last day.
    package var expires: GivenTime
    package var workingDays: Int
    package var calendar: String
    package var policy: String
    /// A year without a published holiday plan had to be guessed at.
    package var provisional: Bool
    /// 1 for a case's first deadline, one more with each new one.
    package var generation: Int

    package init(
      due: CalendarDate, expires: GivenTime, workingDays: Int, calendar: String, policy: String, provisional: Bool,
      generation: Int
    ) {
      self.due = due
      self.expires = expires
      self.workingDays = workingDays
      self.calendar = calendar
      self.policy = policy
      self.provisional = provisional
      self.generation = generation
    }
  }

  /// A reminder or an expiry. The event's `ce_time` is when it was due; here stands when it fired.
  package struct DeadlineEvent: Hashable, Sendable, Codable {
    package var due: CalendarDate
    package var generation: Int
    package var firedAt: GivenTime
    /// Whole seconds between the moment it was due and the moment it fired.
    package var lateBy: Int64

    package init(due: CalendarDate, generation: Int, firedAt: GivenTime, lateBy: Int64) {
      self.due = due
      self.generation = generation
      self.firedAt = firedAt
      self.lateBy = lateBy
    }
  }

  /// A reply that had been made in time was read after `overdue` had been said.
  package struct OverdueWithdrawn: Hashable, Sendable, Codable {
    package var generation: Int
    package var repliedAt: GivenTime

    package init(generation: Int, repliedAt: GivenTime) {
      self.generation = generation
      self.repliedAt = repliedAt
    }
  }

  package struct DeadlineChanged: Hashable, Sendable, Codable {
    package var from: ReplyDeadline
    package var to: ReplyDeadline

    package init(from: ReplyDeadline, to: ReplyDeadline) {
      self.from = from
      self.to = to
    }
  }

  package struct Replied: Hashable, Sendable, Codable {
    package var reply: CaseCommand.Reply
    package var at: GivenTime
    /// When the log took the reply in, where that differs from `at` by more than an hour.
    package var recorded: GivenTime?
    package var historic: Bool
    /// Working days after the day of receipt, up to and including the day of the reply.
    package var workingDays: Int
    package var overdue: Bool

    package init(
      reply: CaseCommand.Reply, at: GivenTime, recorded: GivenTime?, historic: Bool, workingDays: Int, overdue: Bool
    ) {
      self.reply = reply
      self.at = at
      self.recorded = recorded
      self.historic = historic
      self.workingDays = workingDays
      self.overdue = overdue
    }
  }

  package struct Delivery: Hashable, Sendable, Codable {
    package var feedback: String
    package var channel: String
    /// Why it could not be delivered.
    package var reason: String?

    package init(feedback: String, channel: String, reason: String? = nil) {
      self.feedback = feedback
      self.channel = channel
      self.reason = reason
    }
  }

  /// Another case, received earlier, is about nearly the same text.
  package struct SimilarFound: Hashable, Sendable, Codable {
    package var other: CaseID
    /// How alike their texts are, 0 … 1, in hundredths.
    package var score: Double

    package init(other: CaseID, score: Double) {
      self.other = other
      self.score = score
    }
  }

  /// What the citizen said of the latest reply.
  package struct Rated: Hashable, Sendable, Codable {
    package var satisfaction: CaseCommand.Rate.Satisfaction
    package var text: String?

    package init(satisfaction: CaseCommand.Rate.Satisfaction, text: String? = nil) {
      self.satisfaction = satisfaction
      self.text = text
    }
  }

  package struct RefusedCommand: Hashable, Sendable, Codable {
    package var command: OpinionReference
    package var type: String
    package var reason: String

    package init(command: OpinionReference, type: String, reason: String) {
      self.command = command
      self.type = type
      self.reason = reason
    }
  }

  package struct Closed: Hashable, Sendable, Codable {
    package enum Outcome: String, Hashable, Sendable, Codable {
      case answered
      /// The answer stands, but the citizen could not be reached; the `undelivered` event before it says why.
      case unreachable
    }

    package var outcome: Outcome

    package init(outcome: Outcome) {
      self.outcome = outcome
    }
  }
}
