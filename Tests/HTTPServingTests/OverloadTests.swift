import HTTPServing
import HTTPValues
import LoopbackClient
import Testing

@Suite(.timeLimit(.minutes(2))) struct OverloadTests {
  private static let echo = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: "

  @Test func `five hundred slow clients do not stop others`() async throws {
    try await TestServer.run { server in
      let port = server.port
      let slowest = try await server.talk { client in
        var slow: [TCPClient] = []
        for number in 0..<500 {
          let other = try TCPClient(port: port)
          try other.send(number.isMultiple(of: 2) ? "POST /echo HT" : Self.echo + "100\r\n\r\nhalf")
          slow.append(other)
        }
        var slowest = Duration.zero
        for _ in 0..<50 {
          let begin = ContinuousClock.now
          try client.send(Self.echo + "2\r\n\r\nok")
          #expect(try client.answer().body == "POST - ok")
          slowest = max(slowest, ContinuousClock.now - begin)
        }
        // Those who were slow are heard as soon as they have said it all.
        try slow[1].send(String(repeating: "x", count: 96))
        #expect(try slow[1].answer().status == 200)
        return slowest
      }
      #expect(slowest < .seconds(5))
    }
  }

  @Test func `a body that comes too slowly ends its connection`() async throws {
    try await TestServer.run(limits: { $0.bodyPatience = .milliseconds(50) }) { server in
      let rest = try await server.talk { client in
        try client.send(Self.echo + "100\r\n\r\nhalf")
        return try client.rest()
      }
      #expect(!rest.contains("200"))
      #expect(try await server.ask(Self.echo + "2\r\n\r\nok").status == 200)
    }
  }

  @Test func `each byte of a body earns it time`() async throws {
    let limits = { (limits: inout ServerLimits) in
      limits.bodyPatience = .milliseconds(1)
      limits.slowest = 1
    }
    try await TestServer.run(limits: limits) { server in
      let answer = try await server.talk { client in
        try client.send(Self.echo + "100\r\n\r\n" + String(repeating: "x", count: 99))
        // Another request shows that the time is over that a body has without its bytes.
        let other = try TCPClient(port: server.port)
        for _ in 0..<20 {
          try other.send(Self.echo + "2\r\n\r\nok")
          _ = try other.answer()
        }
        try client.send("x")
        return try client.answer()
      }
      #expect(answer.status == 200)
    }
  }

  @Test func `bodies beyond the memory for them get 503, and room comes back`() async throws {
    try await TestServer.run(limits: { $0.bodies = 10 }) { server in
      let refused = try await server.ask(Self.echo + "11\r\n\r\n12345678901")
      #expect(refused.status == 503)
      #expect(refused.headers["retry-after"] == "5")
      for _ in 0..<3 { #expect(try await server.ask(Self.echo + "10\r\n\r\n1234567890").status == 200) }
    }
  }

  @Test func `requests beyond those that may be under way get 503`() async throws {
    let meeting = Meeting(2)
    try await TestServer.run([meeting], limits: { $0.requests = 1 }) { server in
      async let first = server.ask("GET /meet HTTP/1.1\r\nHost: x\r\n\r\n")
      await meeting.someoneWaits()
      let second = try await server.ask("GET /meet HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(second.status == 503)
      await meeting.arrive()
      #expect(try await first.body == "met")
    }
  }

  @Test func `connections beyond those that may be wait until others end`() async throws {
    try await TestServer.run(limits: { $0.connections = 1 }) { server in
      let port = server.port
      let body = try await server.talk { client in
        try client.send(Self.echo + "2\r\n\r\nok")
        _ = try client.answer()
        let second = try TCPClient(port: port)
        try second.send("GET /echo?q=second HTTP/1.1\r\nHost: x\r\n\r\n")
        client.finish()
        return try second.answer().body
      }
      #expect(body == "GET second ")
    }
  }

  @Test func `a controller says how long the bodies for its paths may be`() async throws {
    try await TestServer.run([Album(), Echo()], limits: { $0.body = 4 }) { server in
      let other = try await server.ask(Self.echo + "5\r\n\r\n12345")
      #expect(other.status == 413)
      let head = "POST /album HTTP/1.1\r\nHost: x\r\nContent-Length: "
      #expect(try await server.ask(head + "8\r\n\r\n12345678").body == "8")
      let refused = try await server.ask(head + "9\r\n\r\n123456789")
      #expect(refused.status == 413)
      #expect(refused.body.contains("at most 8 bytes"))
    }
  }

  @Test func `a controller is told who asks, and proxies of this machine are believed`() async throws {
    try await TestServer.run([Mirror()]) { server in
      let direct = try await server.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(direct.body == "loopback")
      let forwarded = "GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.9, 192.0.2.1\r\n\r\n"
      #expect(try await server.ask(forwarded).body == "[192, 0, 2, 1]")
    }
  }
}

private struct Album: Controller {
  func respond(to request: Request) async -> Response? {
    request.path == "/album" ? .text("\(request.body.count)") : nil
  }

  func bodyLimit(for request: Request) -> Int? { request.path == "/album" ? 8 : nil }
}

private struct Mirror: Controller {
  func respond(to request: Request) async -> Response? {
    .text(request.client.map { $0.isLoopback ? "loopback" : "\($0.network)" } ?? "nobody")
  }
}
