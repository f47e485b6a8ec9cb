import Cases
import EventLog
import Streams
import Time

/// What a citizen has said so far of what becomes one opinion. Holds their openid: no state is left of it once it is sent.
struct Draft: Hashable, Codable {
  /// One message of it.
  struct Piece: Hashable, Codable {
    var created: Instant
    var kind: ChatMessage.Kind
    var text: String?
    var attachment: Opinion.Attachment?
    var location: Location?

    /// `nil` for a message that says nothing.
    init?(_ message: ChatMessage, created: Instant) {
      self.created = created
      kind = message.kind
      text = message.text.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
      attachment = message.attachment
      location = message.kind == .location ? message.location : nil
      if text == nil, kind == .text || kind == .link { return nil }
    }

    var bytes: Int {
      (text?.utf8.count ?? 0) + (attachment.map { $0.url.utf8.count + $0.mediaType.utf8.count } ?? 0)
    }
  }

  static let maximumPieces = 100
  static let maximumBytes = 100_000
  static let maximumAttachments = 20

  let account: String
  let openid: String
  /// That under which all of it is said.
  var code: String?
  var scan: Scan?
  /// The digest of the first piece's identity.
  private(set) var first: String
  /// By their times; of equal times, in the order in which they came. Never empty.
  private(set) var pieces: [Piece]
  /// Of the timer that sends it.
  var timer = 0

  init(_ input: ChatRecord, _ piece: Piece, under bound: BoundCode?) {
    account = input.message.account
    openid = input.message.openid
    code = bound?.code
    scan = bound?.scan
    first = input.identity.digest
    pieces = [piece]
  }

  mutating func add(_ piece: Piece, of identity: OpinionReference) {
    let place = pieces.lastIndex { $0.created <= piece.created }.map { $0 + 1 } ?? 0
    if place == 0 { first = identity.digest }
    pieces.insert(piece, at: place)
  }

  var began: Instant { pieces.first?.created ?? .distantPast }
  private var last: Instant { pieces.last?.created ?? .distantPast }

  /// The last moment of which a message still belongs to it.
  func end(_ pace: Pace) -> Instant {
    min(last + pace.idle, began + pace.longest)
  }

  func isInTime(_ moment: Instant, _ pace: Pace) -> Bool {
    moment <= end(pace) && began - moment <= pace.idle && last - moment <= pace.longest
  }

  func hasRoom(for piece: Piece) -> Bool {
    let attachments = pieces.count { $0.attachment != nil } + (piece.attachment == nil ? 0 : 1)
    return pieces.count < Self.maximumPieces && attachments <= Self.maximumAttachments
      && pieces.reduce(piece.bytes) { $0 + $1.bytes } <= Self.maximumBytes
  }

  // MARK: As an opinion

  /// Its id follows from the first piece alone, which is in no other draft, so that a replay gives the same.
  var record: Record {
    let chat = ChatID(account: account, openid: openid)
    let id = OpinionReference(source: String(decoding: chat.key, as: UTF8.self), id: first).digest
    let event = CloudEvent(
      id: id, source: Sources.wechat(account), type: EventTypes.opinionSubmitted, time: GivenTime(began),
      data: JSONData.encode(opinion))
    return event.record(key: chat.key)
  }

  var opinion: Opinion {
    let place = pieces.last { $0.location != nil }
    let attachments = pieces.compactMap(\.attachment)
    return Opinion(
      channel: "wechat", text: text, code: code, scan: scan, address: place?.text, location: place?.location,
      // They gave no name, so whoever reads the case shows none. The id alone still has `classify` keep them in
      // `citizens`, where the answer finds them: nothing on its way asks whether they are anonymous.
      citizen: Citizen(id: ChatID(account: account, openid: openid).citizen, anonymous: true),
      attachments: attachments.isEmpty ? nil : attachments)
  }

  private var text: String {
    let lines = pieces.filter { $0.kind != .location }.compactMap(\.text)
    if !lines.isEmpty { return lines.joined(separator: "\n") }
    var kinds: [String] = []
    for name in pieces.map({ Self.name(of: $0.kind) }) where !kinds.contains(name) { kinds.append(name) }
    return "（" + kinds.joined(separator: "、") + "）"
  }

  /// Stands for a text where nothing was written.
  private static func name(of kind: ChatMessage.Kind) -> String {
    switch kind {
    case .image: "图片"
    case .voice: "语音"
    case .video: "视频"
    case .location: "位置"
    case .text, .link, .scan, .subscribe, .unsubscribe, .finish, .revoked: "消息"
    }
  }
}
