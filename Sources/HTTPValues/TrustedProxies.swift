/// The proxies whose word is taken for whom they speak.
package struct TrustedProxies: Sendable {
  private let ranges: [AddressRange]

  package init(_ ranges: [AddressRange]) {
    self.ranges = ranges
  }

  /// Those of this machine.
  package static let local = TrustedProxies(["127.0.0.0/8", "::1"].compactMap { AddressRange($0) })

  package func contains(_ address: ClientAddress) -> Bool {
    ranges.contains { $0.contains(address) }
  }

  /// Who a request comes from: the last one in the chain who is no proxy of ours. What stands before them is their own
  /// word and counts for nothing.
  ///
  /// - Parameters:
  ///   - peer: at the other end of the connection.
  ///   - forwarded: the header `X-Forwarded-For`, to which each proxy appends who it was asked by.
  package func client(peer: ClientAddress?, forwarded: String?) -> ClientAddress? {
    guard var client = peer else { return nil }
    for part in (forwarded ?? "").split(separator: ",").reversed() {
      guard contains(client) else { break }
      guard let next = ClientAddress(part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }) else {
        break
      }
      client = next
    }
    return client
  }
}
