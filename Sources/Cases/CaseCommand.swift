/// What someone wants done to a case: the records of `commands`.
package enum CaseCommand: Hashable, Sendable {
  case open(Open)
  case reply(Reply)
  case recordDelivery(RecordDelivery)
  case recordSimilar(RecordSimilar)
  case rate(Rate)
  case correctCategory(CorrectCategory)

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

  /// The answer, made at the command's `ce_time`.
  package struct Reply: Hashable, Sendable, Codable {
    package enum Method: String, Hashable, Sendable, Codable, CaseIterable {
      case onTheSpot = "on-the-spot"
      case phone, writing, wechat
    }

    package var by: String
    package var method: Method
    package var text: String

    package init(by: String, method: Method, text: String) {
      self.by = by
      self.method = method
      self.text = text
    }
  }

  /// What became of telling the citizen.
  package struct RecordDelivery: Hashable, Sendable, Codable {
    package enum Result: String, Hashable, Sendable, Codable { case delivered, failed }

    /// The `ce_id` of the feedback record.
    package var feedback: String
    package var channel: String
    package var result: Result
    package var reason: String?

    package init(feedback: String, channel: String, result: Result, reason: String? = nil) {
      self.feedback = feedback
      self.channel = channel
      self.result = result
      self.reason = reason
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

  /// A person says what the opinion is about.
  package struct CorrectCategory: Hashable, Sendable, Codable {
    package var by: String
    /// Of the first level.
    package var category: String
    package var subcategory: String?
    package var reason: String?

    package init(by: String, category: String, subcategory: String? = nil, reason: String? = nil) {
      self.by = by
      self.category = category
      self.subcategory = subcategory
      self.reason = reason
    }
  }

  package static let typePrefix = "cn.huiyin.case."

  package var type: String {
    switch self {
    case .open: Self.typePrefix + "open.v1"
    case .reply: Self.typePrefix + "reply.v1"
    case .recordDelivery: Self.typePrefix + "record-delivery.v1"
    case .recordSimilar: Self.typePrefix + "record-similar.v1"
    case .rate: Self.typePrefix + "rate.v1"
    case .correctCategory: Self.typePrefix + "correct-category.v1"
    }
  }

  package static let types: Set<String> = [
    typePrefix + "open.v1", typePrefix + "reply.v1", typePrefix + "record-delivery.v1",
    typePrefix + "record-similar.v1", typePrefix + "rate.v1", typePrefix + "correct-category.v1",
  ]

  /// - Throws: ``Malformed`` for a type that is not a command, or data that is not of its form.
  package init(type: String, data: [UInt8]?) throws(Malformed) {
    switch type {
    case Self.typePrefix + "open.v1": self = .open(try JSONData.decode(Open.self, from: data))
    case Self.typePrefix + "reply.v1":
      let reply = try JSONData.decode(Reply.self, from: data)
      guard reply.text.contains(where: { !$0.isWhitespace }) else { throw Malformed("data.text is empty") }
      guard reply.by.contains(where: { !$0.isWhitespace }) else { throw Malformed("data.by is empty") }
      self = .reply(reply)
    case Self.typePrefix + "record-delivery.v1":
      self = .recordDelivery(try JSONData.decode(RecordDelivery.self, from: data))
    case Self.typePrefix + "record-similar.v1":
      let similar = try JSONData.decode(RecordSimilar.self, from: data)
      guard (0...1).contains(similar.score) else { throw Malformed("data.score is not 0 to 1") }
      self = .recordSimilar(similar)
    case Self.typePrefix + "rate.v1": self = .rate(try JSONData.decode(Rate.self, from: data))
    case Self.typePrefix + "correct-category.v1":
      let correction = try JSONData.decode(CorrectCategory.self, from: data)
      for (field, text) in [("by", correction.by), ("category", correction.category)] {
        guard text.contains(where: { !$0.isWhitespace }) else { throw Malformed("data.\(field) is empty") }
      }
      self = .correctCategory(correction)
    default: throw Malformed("unknown type of command")
    }
  }

  package var data: [UInt8] {
    switch self {
    case .open(let data): JSONData.encode(data)
    case .reply(let data): JSONData.encode(data)
    case .recordDelivery(let data): JSONData.encode(data)
    case .recordSimilar(let data): JSONData.encode(data)
    case .rate(let data): JSONData.encode(data)
    case .correctCategory(let data): JSONData.encode(data)
    }
  }
}
