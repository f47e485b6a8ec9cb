import Foundation

/// A connection to a server on this machine, over which one thread asks and hears.
final class LoopbackConnection {
  struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  struct Answer {
    var status = 0
    var bytes = 0
    /// When its last byte was there, as `systemUptime` counts.
    var end = 0.0
  }

  let descriptor: Int32
  private var received: [UInt8] = []

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(truncatingIfNeeded: port)).bigEndian
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
    }
    guard isConnected else { throw Broken(description: "no connection to port \(port)") }
    var yes: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit {
    close(descriptor)
  }

  func send(_ request: String) throws {
    var rest = Array(request.utf8)[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard sent > 0 else { throw Broken(description: "the server takes no more") }
      rest = rest.dropFirst(sent)
    }
  }

  /// Asks, and waits for the whole answer.
  func ask(_ request: String) throws -> Answer {
    try send(request)
    let head = try head()
    let length = head.fields["content-length"].flatMap { Int($0) } ?? 0
    while received.count < length { try receive() }
    received.removeFirst(length)
    return Answer(status: head.status, bytes: length, end: ProcessInfo.processInfo.systemUptime)
  }

  /// Waits for the head of an answer.
  func head() throws -> (status: Int, fields: [String: String]) {
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let found = received.firstRange(of: end) {
        let lines = String(decoding: received[..<found.lowerBound], as: UTF8.self).split(separator: "\r\n")
        received.removeFirst(found.upperBound)
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
          let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
          if parts.count == 2 { fields[parts[0].lowercased()] = parts[1] }
        }
        return (lines.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0, fields)
      }
      try receive()
    }
  }

  /// What has come of a body without an end, for at most that many milliseconds' wait.
  func whatCame(within milliseconds: Int) throws -> [UInt8] {
    if received.isEmpty {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, Int32(max(0, milliseconds))) > 0 else { return [] }
      try receive()
    }
    defer { received = [] }
    return received
  }

  private func receive() throws {
    let count = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count > 0 { received += buffer[..<count] }
      return count
    }
    guard count > 0 else { throw Broken(description: "the server has closed a connection") }
  }
}
