/// A name under which something is put once: what comes under it again is known, or is something else.
package struct OutboxKey: Hashable, Sendable {
  /// A digest of what the client calls it, since clients make keys of whatever they have at hand.
  package let digest: [UInt8]
  /// A digest of what was sent under it.
  package let content: [UInt8]

  package init(digest: [UInt8], content: [UInt8]) {
    self.digest = digest
    self.content = content
  }
}
