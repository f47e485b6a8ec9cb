import ArgumentParser
import Assembly
import Foundation

struct HealthCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "Asks a program on this machine whether it is well: status 0 if so, 1 if not.",
    discussion: "For containers and units that need a command for it. Asks at the port of HUIYIN_HTTP.")

  @Flag(help: "Ask whether it is ready, rather than live.") var ready = false

  func run() throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    guard let port = settings.http.split(separator: ":").last.flatMap({ UInt16($0) }), port > 0 else {
      throw fail("HUIYIN_HTTP names no port that could be asked at")
    }
    guard let answer = Self.ask(port, for: ready ? "/readyz" : "/livez") else {
      throw fail("nothing answers at port \(port) of this machine")
    }
    let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
    let status = parts.first?.split(separator: " ").dropFirst().first ?? ""
    let said = parts.count > 1 ? parts[1].trimmingCharacters(in: .newlines) : ""
    guard status == "200" else { throw fail(said.isEmpty ? "status \(status)" : said) }
    print(said)
  }

  /// The whole answer, within five seconds; `nil` if there is none. The program listens on all addresses or on a loopback
  /// one: the two of this machine are tried.
  private static func ask(_ port: UInt16, for path: String) -> String? {
    var four = sockaddr_in()
    four.sin_family = sa_family_t(AF_INET)
    four.sin_port = port.bigEndian
    four.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var six = sockaddr_in6()
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    six.sin6_addr = in6addr_loopback
    return exchange(&four, AF_INET, path) ?? exchange(&six, AF_INET6, path)
  }

  private static func exchange<Address>(_ address: inout Address, _ family: Int32, _ path: String) -> String? {
    let socket = Foundation.socket(family, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { return nil }
    defer { close(socket) }
    var patience = timeval(tv_sec: 5, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(socket, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    guard connected == 0 else { return nil }
    let request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while answer.count < 1 << 16 {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      answer += buffer[..<count]
    }
    return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
  }
}
