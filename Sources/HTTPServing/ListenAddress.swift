/// Where a server listens, written `host:port`: `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  package let host: String
  /// 0 lets the system choose.
  package let port: Int

  package init(_ text: String) throws(HTTPServerError) {
    func refused(_ reason: String) -> HTTPServerError { .badAddress(text, reason: reason) }

    guard let colon = text.lastIndex(of: ":") else { throw refused("it has no port; write host:port") }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
      guard host.contains(":") else { throw refused("brackets are for IPv6 addresses") }
    } else if host.contains(":") {
      throw refused("an IPv6 address stands in brackets, as in [::1]:8080")
    }
    guard !host.isEmpty else { throw refused("it has no host; 0.0.0.0 or [::] stands for all interfaces") }
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits) else {
      throw refused("the port is a number from 0 to 65535")
    }
    self.host = String(host)
    self.port = Int(port)
  }

  package var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
