import HTTPServing
import HTTPTypes
import HTTPValues
import LoopbackClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct EventStreamTests {
  private static let get = "GET /news HTTP/1.1\r\nHost: x\r\n\r\n"
  private static let signOfLife = chunk(": still here\n\n")

  /// Far more bytes than the system and the server keep for a connection that nobody reads from.
  private static let much = 64 << 20

  private static func printMuch(_ paper: Paper) async {
    let part = String(repeating: "x", count: much / 16)
    for _ in 0..<16 {
      paper.print(part)
      await paper.isRead()
    }
  }

  private static func chunk(_ text: String) -> String {
    String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
  }

  @Test func `events are sent as they come, in chunks, and the last chunk follows the last event`() async throws {
    let paper = Paper()
    try await TestServer.run([paper]) { server in
      let answer = try await server.talk { client in
        try client.send(Self.get)
        let answer = try client.answer()
        let isThere = try client.wait(for: Self.signOfLife)
        #expect(isThere)
        for number in 1...3 {
          paper.print("\(number)")
          let isTold = try client.wait(for: Self.chunk("event: news\ndata: \(number)\nid: \(number)\n\n"))
          #expect(isTold)
        }
        paper.close()
        let rest = try client.rest()
        #expect(rest == "0\r\n\r\n")
        return answer
      }
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/event-stream")
      #expect(answer.headers["transfer-encoding"] == "chunked")
      #expect(answer.headers["content-length"] == nil)
      #expect(answer.headers["cache-control"] == "no-store")
      #expect(answer.headers["x-accel-buffering"] == "no")
      #expect(answer.headers["connection"] == "close")
    }
  }

  @Test func `an event just before the end is sent`() async throws {
    let paper = Paper()
    paper.print("last")
    paper.close()
    let text = try await TestServer.run([paper]) { server in
      try await server.talk { client in
        try client.send(Self.get)
        _ = try client.answer()
        return try client.rest()
      }
    }
    #expect(text.hasSuffix("data: last\nid: last\n\n\r\n0\r\n\r\n"))
  }

  @Test func `HEAD opens no stream and tells no length`() async throws {
    let paper = Paper()
    try await TestServer.run([paper]) { server in
      let (answer, rest) = try await server.talk { client in
        try client.send("HEAD /news HTTP/1.1\r\nHost: x\r\n\r\n")
        return (try client.answer(isHead: true), try client.rest())
      }
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/event-stream")
      #expect(answer.headers["content-length"] == nil)
      #expect(rest.isEmpty)
    }
    #expect(paper.readers == 0)
    #expect(paper.opened == 0)
  }

  @Test func `a graceful stop ends streams at once`() async throws {
    let paper = Paper()
    let rest = try await TestServer.run([paper]) { server in
      async let rest = server.talk { client in
        try client.send(Self.get)
        _ = try client.answer()
        return try client.rest()
      }
      await paper.someoneReads()
      await server.stop()
      return try await rest
    }
    #expect(rest == Self.signOfLife + "0\r\n\r\n")
    #expect(paper.readers == 0)
  }

  @Test func `a reader who goes is let go of`() async throws {
    let paper = Paper()
    try await TestServer.run([paper]) { server in
      try await server.talk { client in
        try client.send(Self.get)
        _ = try client.answer()
      }
      await paper.nobodyReads()
    }
    #expect(paper.opened == 1)
  }

  @Test func `a stream ends when it is old enough`() async throws {
    let (paper, hours) = (Paper(), Hours())
    try await TestServer.run([paper], limits: { $0.streamAge = .seconds(7) }, wait: hours.wait) { server in
      async let rest = server.talk { client in
        try client.send(Self.get)
        _ = try client.answer()
        return try client.rest()
      }
      await hours.pass(.seconds(7))
      let text = try await rest
      #expect(text.hasSuffix("0\r\n\r\n"))
    }
  }

  @Test func `a quiet stream gives signs of life`() async throws {
    let (paper, hours) = (Paper(), Hours())
    try await TestServer.run([paper], limits: { $0.streamBeat = .seconds(7) }, wait: hours.wait) { server in
      let (heard, hearing) = AsyncStream.makeStream(of: Void.self)
      async let all: Void = server.talk { client in
        try client.send(Self.get)
        _ = try client.answer()
        for _ in 0..<3 {
          let isThere = try client.wait(for: Self.signOfLife)
          #expect(isThere)
          hearing.yield()
        }
        hearing.finish()
      }
      for await _ in heard { await hours.pass(.seconds(7)) }
      try await all
    }
  }

  @Test func `who reads slowly hears the newest, who stops reading is let go of, and neither holds up others`()
    async throws
  {
    let (paper, hours) = (Paper(), Hours())
    try await TestServer.run([paper], limits: { $0.streamBeat = .seconds(7) }, wait: hours.wait) { server in
      let slow = try TCPClient(port: server.port)
      try slow.send(Self.get)
      await paper.someoneReads()
      await Self.printMuch(paper)
      paper.print("newest")
      await paper.isRead()
      #expect(try await server.ask("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").status == 404)
      // Nothing has been taken from one sign of life to the next.
      for _ in 0..<2 { await hours.pass(.seconds(7)) }
      await paper.nobodyReads()
      let heard = try await server.blocking { try slow.rest().utf8.count }
      #expect(heard < Self.much / 2)
    }
  }

  @Test func `who reads late hears the newest and not all that came between`() async throws {
    let paper = Paper()
    try await TestServer.run([paper]) { server in
      let late = try TCPClient(port: server.port)
      try late.send(Self.get)
      await paper.someoneReads()
      await Self.printMuch(paper)
      paper.print("newest")
      await paper.isRead()
      paper.close()
      let heard = try await server.blocking { try late.rest() }
      #expect(heard.contains("data: newest\nid: newest\n\n"))
      #expect(heard.utf8.count < Self.much / 2)
    }
  }

  @Test func `streams have a limit of their own, and room comes back`() async throws {
    let paper = Paper()
    let limits = { (limits: inout ServerLimits) in
      limits.requests = 1
      limits.streams = 2
    }
    try await TestServer.run([paper, Echo()], limits: limits) { server in
      let open = try (0..<2).map { _ in try TCPClient(port: server.port) }
      for client in open { try client.send(Self.get) }
      try await server.blocking { for client in open { _ = try client.answer() } }
      let refused = try await server.ask(Self.get)
      #expect(refused.status == 503)
      #expect(refused.headers["retry-after"] == "5")
      #expect(try await server.ask("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
      paper.close()
      let rests = try await server.blocking { try open.map { try $0.rest() } }
      #expect(rests.allSatisfy { $0.hasSuffix("0\r\n\r\n") })
      #expect(try await server.ask(Self.get).status == 200)
    }
  }

  @Test func `an idle stream is not an idle connection`() async throws {
    let (paper, hours) = (Paper(), Hours())
    try await TestServer.run([paper, Echo()], limits: { $0.idle = .milliseconds(50) }, wait: hours.wait) { server in
      let client = try TCPClient(port: server.port)
      try client.send(Self.get)
      _ = try await server.blocking { try client.answer() }
      // A connection that really is idle shows that the time is over.
      for _ in 0..<3 { _ = try await server.talk { try $0.rest() } }
      paper.print("still")
      paper.close()
      let rest = try await server.blocking { try client.rest() }
      #expect(rest.hasSuffix("data: still\nid: still\n\n\r\n0\r\n\r\n"))
    }
  }

  @Test func `no part of an event breaks out of its line`() {
    let event = ServerSentEvent(id: "1\n2", name: "a\r\nb", data: "one\n\ntwo")
    #expect(String(decoding: event.bytes, as: UTF8.self) == "event: ab\ndata: onetwo\nid: 12\n\n")
    #expect(String(decoding: ServerSentEvent(name: "a", data: "").bytes, as: UTF8.self) == "event: a\ndata: \n\n")
  }
}
