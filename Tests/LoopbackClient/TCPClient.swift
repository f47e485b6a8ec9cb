import Glibc

/// A connection to a server on this machine that says and hears exactly what a test wants. Its calls block, for two
/// minutes at most: run it on a thread that may wait.
package final class TCPClient: @unchecked Sendable {
  // Unchecked: a test may hand it from one thread to the next, which then has it alone.
  package struct Failure: Error {
    let step: String
    let code = errno
  }

  package struct Answer: Equatable, Sendable {
    package let status: Int
    package let headers: [String: String]
    package let body: String
  }

  private let socket: Int32
  private var received: [UInt8] = []

  package init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var patience = timeval(tv_sec: 120, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
    }
    guard connected == 0 else {
      let failure = Failure(step: "connect")
      close(socket)
      throw failure
    }
  }

  deinit {
    close(socket)
  }

  package func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  package func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { throw Failure(step: "send") }
      rest = rest.dropFirst(sent)
    }
  }

  /// Says that nothing more will be sent.
  package func finish() {
    shutdown(socket, Int32(SHUT_WR))
  }

  /// Waits for the next answer. `isHead` tells that no body follows.
  package func answer(isHead: Bool = false) throws -> Answer {
    let end = Array("\r\n\r\n".utf8)
    var headEnd: Int?
    while headEnd == nil {
      headEnd = received.indices.first { received[$0...].starts(with: end) }
      if headEnd == nil, try !receive() { throw Failure(step: "head") }
    }
    let lines = String(decoding: received[..<(headEnd ?? 0)], as: UTF8.self).split(separator: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
    }
    received.removeFirst((headEnd ?? 0) + end.count)
    let length = isHead ? 0 : headers["content-length"].flatMap { Int($0) } ?? 0
    while received.count < length {
      if try !receive() { throw Failure(step: "body") }
    }
    defer { received.removeFirst(length) }
    return Answer(
      status: lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0, headers: headers,
      body: String(decoding: received[..<length], as: UTF8.self))
  }

  /// Waits until as much has come as that text is long, and takes it away; false if it is another, or the server has
  /// closed the connection before.
  package func wait(for text: String) throws -> Bool {
    let bytes = Array(text.utf8)
    while received.count < bytes.count {
      if try !receive() { return false }
    }
    defer { received.removeFirst(bytes.count) }
    return received.starts(with: bytes)
  }

  /// What still comes until the server closes the connection.
  package func rest() throws -> String {
    while try receive() {}
    return String(decoding: received, as: UTF8.self)
  }

  /// False once the server has closed the connection, be it rudely.
  private func receive() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count < 0, errno == ECONNRESET { return false }
    guard count >= 0 else { throw Failure(step: "receive") }
    received += buffer[..<count]
    return count > 0
  }
}
