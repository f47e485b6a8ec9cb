package import Time

// What the events say of dates.

extension CaseEvent {
  /// Until when a reply is in time, and by which rules that was worked out.
  package struct ReplyDeadline: Hashable, Sendable, Codable {
    /// The last day.
    package var due: CalendarDate
    /// The first moment that is too late: 24:00 Asia/Shanghai of the last day, but for a term of hours.
    package var expires: GivenTime
    /// Of the term; of one that isn't given in working days, those from its start up to and including the last day.
    package var workingDays: Int
    package var calendar: String
    package var policy: String
    /// A year without a published holiday plan had to be guessed at.
    package var provisional: Bool
    /// 1 for a case's first deadline, one more with each new one.
    package var generation: Int
    /// Where it isn't one of working days from the receipt on.
    package var term: Term?
    /// When the term began, where that isn't the receipt.
    package var from: GivenTime?

    package init(
      due: CalendarDate, expires: GivenTime, workingDays: Int, calendar: String, policy: String, provisional: Bool,
      generation: Int, term: Term? = nil, from: GivenTime? = nil
    ) {
      self.due = due
      self.expires = expires
      self.workingDays = workingDays
      self.calendar = calendar
      self.policy = policy
      self.provisional = provisional
      self.generation = generation
      self.term = term
      self.from = from
    }
  }

  /// Something that falls due. The event's `ce_time` is when it was due; here stands when it fired.
  package struct DeadlineEvent: Hashable, Sendable, Codable {
    /// The last day for the reply; of a review, the day that it is due.
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

  /// Whoever was offered the case has not signed for it in time.
  package struct SignOverdue: Hashable, Sendable, Codable {
    package var owner: Owner
    /// The last day for signing.
    package var due: CalendarDate
    package var generation: Int
    package var firedAt: GivenTime
    package var lateBy: Int64

    package init(owner: Owner, due: CalendarDate, generation: Int, firedAt: GivenTime, lateBy: Int64) {
      self.owner = owner
      self.due = due
      self.generation = generation
      self.firedAt = firedAt
      self.lateBy = lateBy
    }
  }

  /// 督办: a step of the ladder after expiry, or somebody's decision.
  package struct Supervised: Hashable, Sendable, Codable {
    package enum Step: String, Hashable, Sendable, Codable {
      case ladder
      /// 重点督办
      case key
    }

    package var step: Step
    /// Of the ladder.
    package var deadline: DeadlineEvent?
    package var by: String?
    package var leader: String?
    /// Which of the year's key supervisions it is.
    package var number: Int?
    package var reason: String?

    package init(
      step: Step, deadline: DeadlineEvent? = nil, by: String? = nil, leader: String? = nil, number: Int? = nil,
      reason: String? = nil
    ) {
      self.step = step
      self.deadline = deadline
      self.by = by
      self.leader = leader
      self.number = number
      self.reason = reason
    }
  }

  /// 提级
  package struct Escalated: Hashable, Sendable, Codable {
    package enum Step: String, Hashable, Sendable, Codable { case ladder, asked }

    package var step: Step
    /// Of the ladder.
    package var deadline: DeadlineEvent?
    package var by: String?
    package var reason: String
    package var from: Owner
    package var to: String?
    /// Of the deputy who is to take it further.
    package var level: String?
    /// The id of the station that watches over it.
    package var supervisor: String?
    package var tried: [String]
    package var next: [String]

    package init(
      step: Step, deadline: DeadlineEvent? = nil, by: String? = nil, reason: String, from: Owner, to: String? = nil,
      level: String? = nil, supervisor: String? = nil, tried: [String], next: [String]
    ) {
      self.step = step
      self.deadline = deadline
      self.by = by
      self.reason = reason
      self.from = from
      self.to = to
      self.level = level
      self.supervisor = supervisor
      self.tried = tried
      self.next = next
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

  /// The rules or the calendar, or whoever has it in hand, ask for another deadline.
  package struct DeadlineChanged: Hashable, Sendable, Codable {
    package var from: ReplyDeadline
    package var to: ReplyDeadline
    /// Where it isn't that the rules have changed.
    package var reason: String?

    package init(from: ReplyDeadline, to: ReplyDeadline, reason: String? = nil) {
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  package struct ExtensionRequested: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String
    package var workingDays: Int

    package init(by: String, reason: String, workingDays: Int) {
      self.by = by
      self.reason = reason
      self.workingDays = workingDays
    }
  }

  /// Somebody's decision gives it another deadline.
  package struct Revised: Hashable, Sendable, Codable {
    package var from: ReplyDeadline
    package var to: ReplyDeadline
    package var by: String
    package var reason: String?

    package init(from: ReplyDeadline, to: ReplyDeadline, by: String, reason: String? = nil) {
      self.from = from
      self.to = to
      self.by = by
      self.reason = reason
    }
  }

  package struct Paused: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String
    /// When it goes on without being asked to.
    package var until: GivenTime

    package init(by: String, reason: String, until: GivenTime) {
      self.by = by
      self.reason = reason
      self.until = until
    }
  }
}
