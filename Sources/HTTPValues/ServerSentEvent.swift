/// One event of an ``EventStream``, in the form that HTML's chapter “Server-sent events” gives it. What would break a line
/// is left out of all its parts.
package struct ServerSentEvent: Sendable, Equatable {
  /// What a reader who comes back says to have heard last, in its header `Last-Event-ID`.
  package let id: String?
  /// What a page listens for.
  package let name: String
  package let data: String

  package init(id: String? = nil, name: String, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }

  /// As it is sent, with the empty line that ends it.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for (field, value) in [("event", name), ("data", data), ("id", id)] {
      guard let value else { continue }
      bytes += "\(field): ".utf8
      bytes += value.utf8.lazy.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes + [UInt8(ascii: "\n")]
  }
}
