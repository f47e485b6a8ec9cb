package import EventLog

/// The place of a request in a distributed trace, carried on to the record (W3C Trace Context, level 1).
package struct TraceContext: Hashable, Sendable {
  package let parent: String
  package let state: String?

  /// `nil` if `parent` isn't valid, so that a broken trace ends here; a broken `state` alone is left out.
  package init?(parent: String?, state: String?) {
    guard let parent, Self.isParent(parent) else { return nil }
    self.parent = parent
    self.state = state.flatMap { Self.isState($0) ? $0 : nil }
  }

  package var headers: [Header] {
    [Header("traceparent", parent)] + (state.map { [Header("tracestate", $0)] } ?? [])
  }

  private static func isParent(_ text: String) -> Bool {
    let fields = text.split(separator: "-", omittingEmptySubsequences: false)
    guard fields.count >= 4, text.utf8.count <= 255,
      isHex(fields[0], digits: 2), fields[0] != "ff", fields[0] != "00" || fields.count == 4,
      isHex(fields[1], digits: 32), isHex(fields[2], digits: 16), isHex(fields[3], digits: 2)
    else { return false }
    let isNamed = fields[1...2].allSatisfy { $0.contains { $0 != "0" } }
    return isNamed && fields.dropFirst(4).allSatisfy { $0.utf8.allSatisfy { (0x21...0x7e).contains($0) } }
  }

  private static func isHex(_ text: Substring, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// Up to 32 members `key=value` and 512 bytes of printable ASCII.
  private static func isState(_ text: String) -> Bool {
    let members = text.split(separator: ",")
    return (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7e).contains($0) }
      && (1...32).contains(members.count) && members.allSatisfy { $0.contains("=") }
  }
}
