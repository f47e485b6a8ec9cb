/// What a citizen said, as a gateway publishes it: the data of `cn.huiyin.opinion.submitted.v1`.
package struct Opinion: Hashable, Sendable, Codable {
  /// How it came, such as `web`, `wechat`, `phone`: lower-case letters, digits and hyphens.
  package var channel: String
  package var title: String?
  package var text: String
  /// The scanned code of a deputy, a station or an activity, as it was scanned.
  package var code: String?
  /// What that code was then, where the gateway could tell.
  package var scan: Scan?
  /// The first-level category that whoever sent it chose.
  package var category: String?
  /// One of that category's second level, likewise.
  package var subcategory: String?
  /// Where the matter is, in the citizen's words.
  package var address: String?
  package var location: Location?
  package var citizen: Citizen
  package var attachments: [Attachment]?

  package struct Attachment: Hashable, Sendable, Codable {
    package var url: String
    package var mediaType: String

    package init(url: String, mediaType: String) {
      self.url = url
      self.mediaType = mediaType
    }
  }

  package init(
    channel: String, title: String? = nil, text: String, code: String? = nil, scan: Scan? = nil,
    category: String? = nil, subcategory: String? = nil, address: String? = nil, location: Location? = nil,
    citizen: Citizen = Citizen(),
    attachments: [Attachment]? = nil
  ) {
    self.channel = channel
    self.title = title
    self.text = text
    self.code = code
    self.scan = scan
    self.category = category
    self.subcategory = subcategory
    self.address = address
    self.location = location
    self.citizen = citizen
    self.attachments = attachments
  }

  /// The most that an opinion may be, in bytes of its JSON form.
  package static let maximumSize = 900_000

  /// Reads and checks the data of an opinion.
  package init(data: [UInt8]?) throws(Malformed) {
    if let data, data.count > Self.maximumSize {
      throw Malformed("data has \(data.count) bytes, more than \(Self.maximumSize)")
    }
    self = try JSONData.decode(Self.self, from: data)
    try check()
  }

  package func check() throws(Malformed) {
    let channelIsName = channel.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard channelIsName, (1...32).contains(channel.utf8.count) else {
      throw Malformed("data.channel is not 1 to 32 of a–z, 0–9 and hyphen")
    }
    guard text.contains(where: { !$0.isWhitespace }) || title?.contains(where: { !$0.isWhitespace }) == true else {
      throw Malformed("data.text is empty")
    }
    if let location, !location.isOnEarth { throw Malformed("data.location is not on the earth") }
    if let fault = citizen.subscription?.fault { throw Malformed("data.citizen.subscription.\(fault)") }
  }
}

/// Who said it. Personal data: it travels in opinions and commands, rests in the compacted `citizens` topic, and is
/// nowhere else.
package struct Citizen: Hashable, Sendable, Codable {
  package var id: String?
  package var name: String?
  package var phone: String?
  package var email: String?
  package var anonymous: Bool
  package var subscription: Subscription?

  package init(
    id: String? = nil, name: String? = nil, phone: String? = nil, email: String? = nil, anonymous: Bool = true,
    subscription: Subscription? = nil
  ) {
    self.id = id
    self.name = name
    self.phone = phone
    self.email = email
    self.anonymous = anonymous
    self.subscription = subscription
  }

  /// Stands for ``id`` where that itself may not: the same for the same id, and tells nothing of it.
  package static func digest(ofID id: String) -> String { OpinionReference(source: "citizen", id: id).digest }

  package var isKnown: Bool { id != nil || name != nil || phone != nil || email != nil }
}

/// An opinion without its citizen: what the stages behind the first one, and the case's history, hold.
package struct Statement: Hashable, Sendable, Codable {
  package var channel: String
  package var title: String?
  package var text: String
  package var code: String?
  package var scan: Scan?
  package var category: String?
  package var subcategory: String?
  package var address: String?
  package var location: Location?
  package var anonymous: Bool
  package var attachments: [Opinion.Attachment]?
  /// How its citizen can be reached; `nil` in records from before that was noted.
  package var reach: Reach?

  package init(_ opinion: Opinion) {
    channel = opinion.channel
    title = opinion.title
    text = opinion.text
    code = opinion.code
    scan = opinion.scan
    category = opinion.category
    subcategory = opinion.subcategory
    address = opinion.address
    location = opinion.location
    anonymous = opinion.citizen.anonymous
    attachments = opinion.attachments
    reach = Reach(opinion)
  }

  /// Leaves nothing of what the citizen wrote, nor of where they were.
  package mutating func erase() {
    title = nil
    text = ""
    address = nil
    location = nil
    attachments = nil
  }
}
