package import Time

// What the events carry, but for the dates: see CaseEvent+Deadlines.swift.

extension CaseEvent {
  package struct Opened: Hashable, Sendable, Codable {
    package var submission: Submission
    package var deadline: ReplyDeadline
    /// What people call it by: see ``CaseNumber``. Earlier versions gave none.
    package var number: String?

    package init(submission: Submission, deadline: ReplyDeadline, number: String? = nil) {
      self.submission = submission
      self.deadline = deadline
      self.number = number
    }
  }

  /// Something that somebody said, of which no more need be known.
  package struct Told: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String?

    package init(by: String, reason: String? = nil) {
      self.by = by
      self.reason = reason
    }
  }

  // MARK: Who acts

  /// From now on this owner answers for it.
  package struct Signed: Hashable, Sendable, Codable {
    package var by: String
    package var owner: Owner

    package init(by: String, owner: Owner) {
      self.by = by
      self.owner = owner
    }
  }

  /// 退回. Whoever had it answers for it until the next one has signed.
  package struct Returned: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String
    package var from: Owner
    /// Ids of all who have been asked.
    package var tried: [String]
    /// Ids of those who may come next, in order.
    package var next: [String]
    /// How often it has been returned, this time counted in.
    package var count: Int
    /// At how many returns the county's station decides, by the policy in force.
    package var limit: Int?

    package init(
      by: String, reason: String, from: Owner, tried: [String], next: [String], count: Int, limit: Int? = nil
    ) {
      self.by = by
      self.reason = reason
      self.from = from
      self.tried = tried
      self.next = next
      self.count = count
      self.limit = limit
    }
  }

  package struct Transferred: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String
    package var from: Owner
    /// An id.
    package var to: String
    package var tried: [String]
    package var next: [String]

    package init(by: String, reason: String, from: Owner, to: String, tried: [String], next: [String]) {
      self.by = by
      self.reason = reason
      self.from = from
      self.to = to
      self.tried = tried
      self.next = next
    }
  }

  package struct CoHandled: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String?
    /// Ids.
    package var with: [String]

    package init(by: String, reason: String? = nil, with: [String]) {
      self.by = by
      self.reason = reason
      self.with = with
    }
  }

  /// 重点督办, asked for: whether the year has room for one more is counted elsewhere.
  package struct SupervisionRequested: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String?
    package var leader: String
    /// In Shanghai.
    package var year: Int
    /// How many a year may have.
    package var of: Int

    package init(by: String, reason: String? = nil, leader: String, year: Int, of: Int) {
      self.by = by
      self.reason = reason
      self.leader = leader
      self.year = year
      self.of = of
    }
  }

  package struct SupervisionDenied: Hashable, Sendable, Codable {
    package var leader: String
    package var reason: String

    package init(leader: String, reason: String) {
      self.leader = leader
      self.reason = reason
    }
  }

  // MARK: Answers

  package struct Replied: Hashable, Sendable, Codable {
    package var reply: CaseCommand.Reply
    package var at: GivenTime
    /// When the log took the reply in, where that differs from `at` by more than an hour.
    package var recorded: GivenTime?
    package var historic: Bool
    /// Working days after the day of receipt, up to and including the day of the reply.
    package var workingDays: Int
    package var overdue: Bool
    /// Who answers for it from now on, where that is somebody else than before.
    package var owner: Owner?
    /// The cases that are handled together with this one, whose citizens get the same answer.
    package var merged: [CaseID]?

    package init(
      reply: CaseCommand.Reply, at: GivenTime, recorded: GivenTime?, historic: Bool, workingDays: Int, overdue: Bool,
      owner: Owner? = nil, merged: [CaseID]? = nil
    ) {
      self.reply = reply
      self.at = at
      self.recorded = recorded
      self.historic = historic
      self.workingDays = workingDays
      self.overdue = overdue
      self.owner = owner
      self.merged = merged
    }
  }

  /// 不予受理: that, with its reason, is the answer.
  package struct Refused: Hashable, Sendable, Codable {
    package var refusal: CaseCommand.Refuse
    package var at: GivenTime
    package var workingDays: Int
    package var overdue: Bool
    package var owner: Owner?
    package var merged: [CaseID]?

    package init(
      refusal: CaseCommand.Refuse, at: GivenTime, workingDays: Int, overdue: Bool, owner: Owner? = nil,
      merged: [CaseID]? = nil
    ) {
      self.refusal = refusal
      self.at = at
      self.workingDays = workingDays
      self.overdue = overdue
      self.owner = owner
      self.merged = merged
    }
  }

  package struct Delivery: Hashable, Sendable, Codable {
    package var feedback: String
    package var channel: String
    /// Why it could not be delivered.
    package var reason: String?
    /// Of what could not be delivered: no other channel is left. Earlier versions knew only such.
    package var final: Bool?

    package init(feedback: String, channel: String, reason: String? = nil, final: Bool? = nil) {
      self.feedback = feedback
      self.channel = channel
      self.reason = reason
      self.final = final
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

  /// 重办, with a fresh deadline, by the owner that it had.
  package struct Reopened: Hashable, Sendable, Codable {
    package var by: String
    package var reason: String
    /// How often it has been reopened, this time counted in.
    package var count: Int
    package var deadline: ReplyDeadline

    package init(by: String, reason: String, count: Int, deadline: ReplyDeadline) {
      self.by = by
      self.reason = reason
      self.count = count
      self.deadline = deadline
    }
  }

  package struct Closed: Hashable, Sendable, Codable {
    package enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
      case answered
      /// The answer stands, but the citizen could not be reached; the `undelivered` event before it says why.
      case unreachable
    }

    package var outcome: Outcome
    /// Who closed it before the citizen's time to rate was over.
    package var by: String?

    package init(outcome: Outcome, by: String? = nil) {
      self.outcome = outcome
      self.by = by
    }
  }

  /// 回头看
  package struct Reviewed: Hashable, Sendable, Codable {
    package var by: String
    package var upheld: Bool
    package var text: String?

    package init(by: String, upheld: Bool, text: String? = nil) {
      self.by = by
      self.upheld = upheld
      self.text = text
    }
  }

  // MARK: Other cases

  /// 并案
  package struct Merged: Hashable, Sendable, Codable {
    package var into: CaseID
    package var by: String
    package var reason: String?

    package init(into: CaseID, by: String, reason: String? = nil) {
      self.into = into
      self.by = by
      self.reason = reason
    }
  }

  package struct Unmerged: Hashable, Sendable, Codable {
    package var from: CaseID
    package var by: String
    package var reason: String?

    package init(from: CaseID, by: String, reason: String? = nil) {
      self.from = from
      self.by = by
      self.reason = reason
    }
  }

  /// Another case is handled with this one.
  package struct Joined: Hashable, Sendable, Codable {
    package var other: CaseID

    package init(other: CaseID) {
      self.other = other
    }
  }

  package struct Parted: Hashable, Sendable, Codable {
    package var other: CaseID

    package init(other: CaseID) {
      self.other = other
    }
  }

  /// Another case was to be handled with this one, and can't be.
  package struct MergeDeclined: Hashable, Sendable, Codable {
    package var other: CaseID
    package var reason: String

    package init(other: CaseID, reason: String) {
      self.other = other
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

  package struct Disclosed: Hashable, Sendable, Codable {
    package var by: String
    /// `nil` where a trusted gateway asked.
    package var actor: Actor?
    /// What they need it for.
    package var reason: String

    package init(by: String, actor: Actor?, reason: String) {
      self.by = by
      self.actor = actor
      self.reason = reason
    }
  }

  package struct RefusedCommand: Hashable, Sendable, Codable {
    package var command: OpinionReference
    package var type: String
    package var reason: String
    /// Who gave it.
    package var by: String?

    package init(command: OpinionReference, type: String, reason: String, by: String? = nil) {
      self.command = command
      self.type = type
      self.reason = reason
      self.by = by
    }
  }
}
