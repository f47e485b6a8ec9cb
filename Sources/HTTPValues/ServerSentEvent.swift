/// One event of an ``EventStream``, in the form that HTML's chapter “Server-sent events” gives it.
package struct ServerSentEvent: Sendable, Equatable {
  /// What a reader who comes back says to have heard last, in its header `Last-Event-ID`; nothing that breaks a line.
  package let id: String?
  /// What a page listens for; nothing that breaks a line.
  package let name: String
  package let data: String

  package init(id: String? = nil, name: String, data: String) {
    self.id = id
    self.name = name
    self.data = data
  }

  /// As it is sent, with the empty line that ends it.
  package var bytes: [UInt8] {
    var text = "event: \(Self.joined(name))\n"
    for line in data.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) { text += "data: \(line)\n" }
    if let id { text += "id: \(Self.joined(id))\n" }
    return Array((text + "\n").utf8)
  }

  /// A line that breaks would be read as a field of its own.
  private static func joined(_ text: String) -> String {
    text.contains(where: \.isNewline) ? String(text.filter { !$0.isNewline }) : text
  }
}
