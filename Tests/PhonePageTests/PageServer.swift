import Foundation
import HTTPTypes
import HTTPValues

/// The pages over a socket on the loopback, as a browser needs them: one request per connection, each on a thread of its
/// own, since browsers open some that they never use.
final class PageServer: Sendable {
  let port: UInt16
  private let socket: Int32
  private let visitor: Visitor

  struct Trouble: Error {}

  /// - Parameter runsScripts: If not, the browser is told to run none of the pages' own, as one that has none to run.
  init(_ visitor: Visitor, runsScripts: Bool = true) throws {
    self.visitor = visitor
    let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(socket, pointer, size) == 0 && listen(socket, 50) == 0 && getsockname(socket, pointer, &size) == 0
      }
    }
    guard isOpen else { throw Trouble() }
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
    let thread = Thread { [visitor] in
      while true {
        let connection = accept(socket, nil, nil)
        guard connection >= 0 else { return }
        Thread.detachNewThread { Self.serve(connection, visitor, runsScripts) }
      }
    }
    thread.start()
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private static func serve(_ connection: Int32, _ visitor: Visitor, _ runsScripts: Bool) {
    defer { close(connection) }
    var bytes: [UInt8] = []
    func read() -> Bool {
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(connection, &buffer, buffer.count, 0)
      if count > 0 { bytes += buffer[..<count] }
      return count > 0
    }
    let end = Array("\r\n\r\n".utf8)
    while bytes.firstRange(of: end) == nil { guard read() else { return } }
    guard let head = bytes.firstRange(of: end) else { return }
    let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 { headers[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
    }
    let length = headers.first { $0.key.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    while bytes.count < head.upperBound + length { guard read() else { return } }
    let body = Array(bytes[head.upperBound...])
    let done = DispatchSemaphore(value: 0)
    Task { [words, headers] in
      var response = await answer(words, headers, body, visitor)
      if !runsScripts, let policy = response.head.headerFields[.contentSecurityPolicy] {
        response.head.headerFields[.contentSecurityPolicy] = policy.replacing(
          "script-src", with: "script-src 'none'; x")
      }
      var text = "HTTP/1.1 \(response.head.status.code) \(response.head.status.reasonPhrase)\r\n"
      for field in response.head.headerFields { text += "\(field.name): \(field.value)\r\n" }
      text += "Content-Length: \(response.body.count)\r\nConnection: close\r\n\r\n"
      var rest = (Array(text.utf8) + response.body)[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { break }
        rest = rest.dropFirst(count)
      }
      done.signal()
    }
    done.wait()
  }

  private static func answer(
    _ words: [String], _ headers: [String: String], _ body: [UInt8], _ visitor: Visitor
  ) async -> Response {
    guard words.count == 3, let method = HTTPRequest.Method(words[0]) else { return Response(.badRequest) }
    let host = headers.first { $0.key.lowercased() == "host" }?.value ?? ""
    return (try? await visitor.send(method, words[1], host: host, headers: headers, body: body)) ?? .notFound
  }
}
