import Glibc

/// An IP address, of version 4 or 6. One of version 4 written as one of version 6 (`::ffff:192.0.2.1`) is the former.
package struct ClientAddress: Hashable, Sendable {
  /// 4 or 16.
  let bytes: [UInt8]

  /// - Parameter text: As proxies write it: with or without a port, one of version 6 with or without brackets or zone.
  ///   `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    var host = Substring(text)
    if host.hasPrefix("[") {
      guard let end = host.firstIndex(of: "]") else { return nil }
      host = host[host.index(after: host.startIndex)..<end]
    } else if host.contains("."), let colon = host.firstIndex(of: ":"), host.lastIndex(of: ":") == colon {
      host = host[..<colon]
    }
    host = host.prefix { $0 != "%" }
    guard host.utf8.count <= 45, host.utf8.allSatisfy({ $0 != 0 }), let bytes = Self.parse(String(host)) else {
      return nil
    }
    self.init(bytes: bytes)
  }

  /// - Parameter bytes: 4 or 16, as they stand on the wire.
  /// - Precondition: there are as many.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16, "no address has \(bytes.count) bytes")
    let isMapped = bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xff && bytes[11] == 0xff
    self.bytes = isMapped ? Array(bytes[12...]) : bytes
  }

  private static func parse(_ text: String) -> [UInt8]? {
    for (family, size) in [(AF_INET, 4), (AF_INET6, 16)] {
      var bytes = [UInt8](repeating: 0, count: size)
      if inet_pton(family, text, &bytes) == 1 { return bytes }
    }
    return nil
  }

  package var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Whom limits take for one client: of version 6 the first 64 bits, since a client may choose the others as it likes.
  package var network: [UInt8] {
    bytes.count == 4 ? bytes : Array(bytes[..<8])
  }
}
