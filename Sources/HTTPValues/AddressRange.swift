/// Addresses that begin alike, written `10.0.0.0/8`, `2001:db8::/32`, or as one address.
package struct AddressRange: Hashable, Sendable {
  private let address: ClientAddress
  private let length: Int

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = ClientAddress(parts[0]) else { return nil }
    let longest = address.bytes.count * 8
    guard parts.count == 1 || Int(parts[1]).map({ (0...longest).contains($0) }) == true else { return nil }
    self.address = address
    length = parts.count == 1 ? longest : Int(parts[1]) ?? longest
  }

  package func contains(_ other: ClientAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    for index in address.bytes.indices {
      let bits = min(8, length - index * 8)
      if bits <= 0 { return true }
      if (address.bytes[index] ^ other.bytes[index]) >> UInt8(8 - bits) != 0 { return false }
    }
    return true
  }
}
