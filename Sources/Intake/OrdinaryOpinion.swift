import Cases

/// Reads a body of `POST /opinions` in one pass, several times faster than `Codable` does, if it is as nearly all are: an
/// object of known fields, each once, of text without escapes, and a citizen.
///
/// Everything else, right or wrong, is left to ``OpinionForm``, which also says what is wrong.
struct OrdinaryOpinion {
  private let body: [UInt8]
  private var position = 0

  /// As ``OpinionForm`` would read it, unchecked; `nil` if the body isn't ordinary.
  static func read(_ body: [UInt8]) -> Opinion? {
    var reader = OrdinaryOpinion(body: body)
    guard let opinion = reader.opinion() else { return nil }
    reader.skipSpace()
    return reader.position == body.count ? opinion : nil
  }

  private init(body: [UInt8]) {
    self.body = body
  }

  private mutating func opinion() -> Opinion? {
    var opinion = Opinion(channel: "", text: "")
    var channel: String?
    var text: String?
    var citizen: Citizen?
    let isRead = object { reader, name in
      switch name {
      case "channel": reader.text(into: &channel)
      case "title": reader.text(into: &opinion.title)
      case "text": reader.text(into: &text)
      case "code": reader.text(into: &opinion.code)
      case "category": reader.text(into: &opinion.category)
      case "address": reader.text(into: &opinion.address)
      case "citizen": reader.citizen(into: &citizen)
      default: false
      }
    }
    guard isRead, let text else { return nil }
    opinion.channel = channel ?? "web"
    opinion.text = text
    opinion.citizen = citizen ?? Citizen()
    return opinion
  }

  private mutating func citizen(into field: inout Citizen?) -> Bool {
    var citizen = Citizen()
    var isAnonymous: Bool?
    let isRead = object { reader, name in
      switch name {
      case "id": reader.text(into: &citizen.id)
      case "name": reader.text(into: &citizen.name)
      case "phone": reader.text(into: &citizen.phone)
      case "email": reader.text(into: &citizen.email)
      case "anonymous": reader.truth(into: &isAnonymous)
      default: false
      }
    }
    guard isRead, field == nil, let isAnonymous else { return false }
    citizen.anonymous = isAnonymous
    field = citizen
    return true
  }

  // MARK: Values; each returns whether it found what it is named after

  /// - Parameter member: reads the value of that name.
  private mutating func object(_ member: (_ reader: inout OrdinaryOpinion, _ name: String) -> Bool) -> Bool {
    skipSpace()
    guard take("{") else { return false }
    repeat {
      skipSpace()
      guard let name = string() else { return false }
      skipSpace()
      guard take(":") else { return false }
      skipSpace()
      guard member(&self, name) else { return false }
      skipSpace()
    } while take(",")
    return take("}")
  }

  private mutating func text(into field: inout String?) -> Bool {
    guard field == nil, let text = string() else { return false }
    field = text
    return true
  }

  private mutating func truth(into field: inout Bool?) -> Bool {
    guard field == nil else { return false }
    for (word, value) in [("true" as StaticString, true), ("false", false)] where take(word) {
      field = value
      return true
    }
    return false
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    let begin = position
    while position < body.count, body[position] != UInt8(ascii: "\"") {
      guard body[position] >= 0x20, body[position] != UInt8(ascii: "\\") else { return nil }
      position += 1
    }
    let end = position
    return take("\"") ? String(validating: body[begin..<end], as: UTF8.self) : nil
  }

  private mutating func skipSpace() {
    while position < body.count {
      switch body[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in
      guard body[position...].starts(with: word) else { return false }
      position += word.count
      return true
    }
  }
}
