// What the commands carry. `by` is who gives it, in words that may be shown.

extension CaseCommand {
  /// An opinion has been classified and an owner found: begin its case, or add it to the case that has its subject.
  package struct Open: Hashable, Sendable, Codable {
    package var submission: Submission
    package var classification: Classification
    package var assignment: Assignment

    package init(submission: Submission, classification: Classification, assignment: Assignment) {
      self.submission = submission
      self.classification = classification
      self.assignment = assignment
    }
  }

  /// A command of which nothing more need be said than who gives it, and why.
  package struct Order: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?

    package init(by: String, actor: Actor? = nil, reason: String? = nil) {
      self.by = by
      self.actor = actor
      self.reason = reason
    }
  }

  // MARK: Who acts

  /// 交办: offers the case to an owner, who has it from the moment that they sign for it (首接负责).
  package struct Assign: Hashable, Sendable, Codable {
    package enum Cause: String, Hashable, Sendable, Codable, CaseIterable {
      case returned, transferred, escalated, decided
    }

    package var assignment: Assignment
    package var because: Cause
    /// The `ce_id` of the event that it follows from.
    package var event: String?
    package var by: String?
    package var actor: Actor?

    package init(
      assignment: Assignment, because: Cause, event: String? = nil, by: String? = nil, actor: Actor? = nil
    ) {
      self.assignment = assignment
      self.because = because
      self.event = event
      self.by = by
      self.actor = actor
    }
  }

  /// 转办
  package struct Transfer: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String
    /// The id of a station, a department or a deputy.
    package var to: String

    package init(by: String, actor: Actor? = nil, reason: String, to: String) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.to = to
    }
  }

  /// 协办
  package struct CoHandle: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?
    /// Ids of stations, departments or deputies.
    package var with: [String]

    package init(by: String, actor: Actor? = nil, reason: String? = nil, with: [String]) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.with = with
    }
  }

  /// 提级
  package struct Escalate: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String
    /// The id of who is to take it; else who stands above the owner does.
    package var to: String?
    /// Of a deputy who takes it to their own congress: `city`, `provincial`, `national`.
    package var level: String?

    package init(by: String, actor: Actor? = nil, reason: String, to: String? = nil, level: String? = nil) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.to = to
      self.level = level
    }
  }

  /// 重点督办: a named leader takes charge of seeing it through. A year has few of these (``ReplyPolicy/keySupervisions``).
  package struct Supervise: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?
    package var leader: String

    package init(by: String, actor: Actor? = nil, reason: String? = nil, leader: String) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.leader = leader
    }
  }

  /// What the count of the year's key supervisions says.
  package struct GrantSupervision: Hashable, Sendable, Codable {
    /// The `ce_id` of the event that asked.
    package var event: String
    /// Which of the year's it is; `nil`: there are as many as there may be.
    package var number: Int?
    package var of: Int

    package init(event: String, number: Int?, of: Int) {
      self.event = event
      self.number = number
      self.of = of
    }
  }

  // MARK: Answering

  /// The answer, made at the command's `ce_time`.
  package struct Reply: Hashable, Sendable, Codable {
    package enum Method: String, Hashable, Sendable, Codable, CaseIterable {
      case onTheSpot = "on-the-spot"
      case phone, writing, wechat
    }

    package var by: String
    package var actor: Actor?
    package var method: Method
    package var text: String
    /// What the citizen is shown with it, such as a picture of what was done; `nil` for nothing.
    package var attachments: [Opinion.Attachment]?
    /// The case that this one is handled together with, where the answer was given there.
    package var lead: CaseID?

    package init(
      by: String, actor: Actor? = nil, method: Method, text: String, attachments: [Opinion.Attachment]? = nil,
      lead: CaseID? = nil
    ) {
      self.by = by
      self.actor = actor
      self.method = method
      self.text = text
      self.attachments = attachments
      self.lead = lead
    }
  }

  /// 不予受理: it will not be handled, for a reason that its citizen is told.
  package struct Refuse: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String
    /// Such as a lawsuit that is under way.
    package var ground: String?
    /// The case that this one is handled together with, where the answer was given there.
    package var lead: CaseID?

    package init(by: String, actor: Actor? = nil, reason: String, ground: String? = nil, lead: CaseID? = nil) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.ground = ground
      self.lead = lead
    }
  }

  /// What became of telling the citizen.
  package struct RecordDelivery: Hashable, Sendable, Codable {
    package enum Result: String, Hashable, Sendable, Codable, CaseIterable { case delivered, failed }

    /// The `ce_id` of the feedback record.
    package var feedback: String
    package var channel: String
    package var result: Result
    package var reason: String?
    /// Of a failure: no other channel is left.
    package var final: Bool?

    package init(feedback: String, channel: String, result: Result, reason: String? = nil, final: Bool? = nil) {
      self.feedback = feedback
      self.channel = channel
      self.result = result
      self.reason = reason
      self.final = final
    }
  }

  /// What the citizen says of the latest reply.
  package struct Rate: Hashable, Sendable, Codable {
    package enum Satisfaction: String, Hashable, Sendable, Codable, CaseIterable {
      /// 满意
      case satisfied
      /// 基本满意
      case fair
      /// 不满意
      case unsatisfied
    }

    package var satisfaction: Satisfaction
    package var text: String?

    package init(satisfaction: Satisfaction, text: String? = nil) {
      self.satisfaction = satisfaction
      self.text = text
    }
  }

  /// 回头看: what someone found who looked at a closed case again.
  package struct Review: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    /// False: it has not been settled as was said, and is taken up again.
    package var upheld: Bool
    package var text: String?

    package init(by: String, actor: Actor? = nil, upheld: Bool, text: String? = nil) {
      self.by = by
      self.actor = actor
      self.upheld = upheld
      self.text = text
    }
  }

  // MARK: Time

  package struct RequestExtension: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String
    package var workingDays: Int

    package init(by: String, actor: Actor? = nil, reason: String, workingDays: Int) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.workingDays = workingDays
    }
  }

  /// 延期
  package struct Extend: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?
    /// `nil`: as many as were asked for.
    package var workingDays: Int?

    package init(by: String, actor: Actor? = nil, reason: String? = nil, workingDays: Int? = nil) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.workingDays = workingDays
    }
  }

  // MARK: Other cases

  /// 并案: this case is handled together with another; each of their citizens is answered.
  package struct Merge: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?
    /// The case that leads.
    package var into: CaseID

    package init(by: String, actor: Actor? = nil, reason: String? = nil, into: CaseID) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.into = into
    }
  }

  package struct Unmerge: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    package var reason: String?
    /// The case that led; `nil`: whichever it is.
    package var from: CaseID?

    package init(by: String, actor: Actor? = nil, reason: String? = nil, from: CaseID? = nil) {
      self.by = by
      self.actor = actor
      self.reason = reason
      self.from = from
    }
  }

  /// Told to the case that leads: another is handled with it, or no longer is.
  package struct RecordMerged: Hashable, Sendable, Codable {
    package var other: CaseID

    package init(other: CaseID) {
      self.other = other
    }
  }

  /// An opinion of another case, received earlier, says nearly the same. What follows from that a person decides.
  package struct RecordSimilar: Hashable, Sendable, Codable {
    /// How many similar cases a case is told of at most.
    package static let maximum = 20

    package var other: CaseID
    /// How alike their texts are, 0 … 1, in hundredths.
    package var score: Double

    package init(other: CaseID, score: Double) {
      self.other = other
      self.score = score
    }
  }

  /// A person says what the opinion is about.
  package struct CorrectCategory: Hashable, Sendable, Codable {
    package var by: String
    package var actor: Actor?
    /// Of the first level.
    package var category: String
    package var subcategory: String?
    package var reason: String?

    package init(
      by: String, actor: Actor? = nil, category: String, subcategory: String? = nil, reason: String? = nil
    ) {
      self.by = by
      self.actor = actor
      self.category = category
      self.subcategory = subcategory
      self.reason = reason
    }
  }
}
