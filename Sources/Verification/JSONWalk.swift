import FoundationEssentials

/// Walks once over JSON and tells of its members and strings, without building anything of it. Bytes that are no JSON
/// end the walk; finding fault with them is left to whoever decodes them.
enum JSONWalk {
  enum Part {
    /// A member of the value of the member `of`; empty for the outermost object.
    case member(String, of: String)
    /// A string that is the value of that member, or lies in an array there.
    case text(String, in: String)
  }

  private struct Level {
    let isObject: Bool
    /// Of an object the member at hand; of an array that which it is the value of.
    var member: String
  }

  static func walk(_ bytes: [UInt8], _ visit: (Part) -> Void) {
    var levels: [Level] = []
    var expectsName = false
    var position = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "{"):
        levels.append(Level(isObject: true, member: ""))
        expectsName = true
      case UInt8(ascii: "["): levels.append(Level(isObject: false, member: levels.last?.member ?? ""))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if levels.popLast() == nil { return }
        expectsName = false
      case UInt8(ascii: ","): expectsName = levels.last?.isObject ?? false
      case UInt8(ascii: ":"): expectsName = false
      case UInt8(ascii: "\""):
        guard let (text, end) = string(bytes, at: position) else { return }
        if expectsName, !levels.isEmpty {
          levels[levels.count - 1].member = text
          visit(.member(text, of: levels.dropLast().last?.member ?? ""))
        } else {
          visit(.text(text, in: levels.last?.member ?? ""))
        }
        position = end
      default: break
      }
      position += 1
    }
  }

  /// The string that begins at that quote, and where its last quote is.
  private static func string(_ bytes: [UInt8], at start: Int) -> (text: String, end: Int)? {
    var end = start + 1
    var isEscaped = false
    while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
      if bytes[end] == UInt8(ascii: "\\") {
        isEscaped = true
        end += 1
      }
      end += 1
    }
    guard end < bytes.count else { return nil }
    if !isEscaped { return (String(decoding: bytes[start + 1..<end], as: UTF8.self), end) }
    guard let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start...end])) else { return nil }
    return (text, end)
  }
}
