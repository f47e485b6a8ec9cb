import HTTPServing
import HTTPTypes
import HTTPValues
import Logging
import LoopbackClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct HTTPServerTests {
  @Test func `a request is answered over a socket`() async throws {
    let answer = try await TestServer.run { server in
      try await server.ask("POST /echo?q=a%20b HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n修路")
    }
    #expect(answer.status == 200)
    #expect(answer.body == "POST a b 修路")
    #expect(answer.headers["server"] == "Huiyin")
    #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
    #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["referrer-policy"] == "no-referrer")
    #expect(answer.headers["content-security-policy"] == "default-src 'self'")
  }

  private struct Ends: Controller {
    func respond(to request: Request) async -> Response? {
      .text("\(request.peer?.isLoopback == true) \(request.client?.isLoopback == true)")
    }
  }

  @Test func `a request says who is at the other end, whomever a proxy there speaks for`() async throws {
    let answer = try await TestServer.run([Ends()]) { server in
      try await server.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")
    }
    #expect(answer.body == "true false")
  }

  @Test func `HEAD tells the length of a body that does not come`() async throws {
    try await TestServer.run { server in
      let (head, get) = try await server.talk { client in
        try client.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        let head = try client.answer(isHead: true)
        try client.send("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
        return (head, try client.answer())
      }
      #expect(head.status == 200)
      #expect(head.headers["content-length"] == "\(get.body.utf8.count)")
      #expect(get.body == "GET - ")
    }
  }

  @Test(arguments: [
    ("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404), ("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    ("GET /echo%ZZ HTTP/1.1\r\nHost: x\r\n\r\n", 400), ("GET /echo?q=%FF HTTP/1.1\r\nHost: x\r\n\r\n", 400),
  ])
  func `what cannot be answered is a problem document`(request: String, status: Int) async throws {
    let answer = try await TestServer.run { try await $0.ask(request) }
    #expect(answer.status == status)
    #expect(answer.headers["content-type"] == "application/problem+json")
    #expect(answer.headers["allow"] == (status == 405 ? "GET, HEAD, POST" : nil))
    #expect(answer.body.contains("\"status\":\(status)"))
  }

  @Test(arguments: [
    "what is this\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 100_000) + "\r\n\r\n",
  ])
  func `a broken request is refused, the connection closed, and the server goes on`(request: String) async throws {
    try await TestServer.run { server in
      let rest = try await server.talk { client in
        try client.send(request)
        return try client.rest()
      }
      #expect(rest.hasPrefix("HTTP/1.1 400 "))
      #expect(try await server.ask("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
    }
  }

  @Test(arguments: [
    "Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
  ])
  func `a body that breaks off never reaches a controller`(rest: String) async throws {
    let recorder = Recorder()
    try await TestServer.run([recorder]) { server in
      _ = try await server.talk { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest)
        client.finish()
        return try client.rest()
      }
    }
    #expect(recorder.bodies.withLock { $0 } == [])
  }

  @Test(arguments: [true, false])
  func `a body of 10 MB is refused without being kept, and the connection goes on`(isDeclared: Bool) async throws {
    let recorder = Recorder()
    try await TestServer.run([recorder, Echo()]) { server in
      let (refused, next) = try await server.talk { client in
        let part = [UInt8](repeating: 0x61, count: 1 << 20)
        try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n")
        if isDeclared {
          try client.send("Content-Length: \(10 * part.count)\r\n\r\n")
          for _ in 0..<10 { try client.send(part) }
        } else {
          try client.send("Transfer-Encoding: chunked\r\n\r\n")
          for _ in 0..<10 { try client.send(Array("100000\r\n".utf8) + part + Array("\r\n".utf8)) }
          try client.send("0\r\n\r\n")
        }
        let refused = try client.answer()
        try client.send("GET /echo?q=still HTTP/1.1\r\nHost: x\r\n\r\n")
        return (refused, try client.answer())
      }
      #expect(refused.status == 413)
      #expect(refused.headers["content-type"] == "application/problem+json")
      #expect(refused.body.contains("1048576 bytes"))
      #expect(next.body == "GET still ")
    }
    #expect(recorder.bodies.withLock { $0.map(\.count) } == [0])
  }

  @Test func `a body as long as the limit is taken and one byte more is not`() async throws {
    try await TestServer.run(limits: { $0.body = 4 }) { server in
      let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: "
      let (taken, refused) = (
        try await server.ask(head + "4\r\n\r\n1234"), try await server.ask(head + "5\r\n\r\n12345")
      )
      #expect(taken.body == "POST - 1234")
      #expect(refused.status == 413)
    }
  }

  @Test func `a body that asks first is invited unless it is too long`() async throws {
    try await TestServer.run(limits: { $0.body = 4 }) { server in
      let head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
      let (invitation, answer) = try await server.talk { client in
        try client.send(head + "4\r\n\r\n")
        let invitation = try client.answer()
        try client.send("1234")
        return (invitation, try client.answer())
      }
      #expect(invitation.status == 100)
      #expect(answer.body == "POST - 1234")
      #expect(try await server.ask(head + "5\r\n\r\n").status == 413)
    }
  }

  @Test func `requests on two connections are answered at once`() async throws {
    try await TestServer.run([Meeting(2)]) { server in
      async let first = server.ask("GET /meet HTTP/1.1\r\nHost: x\r\n\r\n")
      async let second = server.ask("GET /meet HTTP/1.1\r\nHost: x\r\n\r\n")
      let answers = try await [first, second]
      #expect(answers.map(\.body) == ["met", "met"])
    }
  }

  @Test func `requests sent together on one connection are answered in order, until it is asked to close`() async throws
  {
    let rest = try await TestServer.run { server in
      try await server.talk { client in
        try client.send("GET /echo?q=1 HTTP/1.1\r\nHost: x\r\n\r\nGET /echo?q=2 HTTP/1.1\r\nHost: x\r\n")
        try client.send("Connection: close\r\n\r\n")
        return try client.rest()
      }
    }
    #expect(rest.contains("GET 1 HTTP/1.1 200 OK\r\n"))
    #expect(rest.hasSuffix("GET 2 "))
  }

  @Test func `an idle connection is closed, also in the middle of a request`() async throws {
    try await TestServer.run(limits: { $0.idle = .milliseconds(50) }) { server in
      #expect(try await server.talk { try $0.rest() } == "")
      let halfway = try await server.talk { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf")
        return try client.rest()
      }
      #expect(!halfway.contains("200"))
    }
  }

  @Test func `a graceful stop takes no new connections and ends the answers under way`() async throws {
    let meeting = Meeting(2)
    let body = try await TestServer.run([meeting]) { server in
      async let answer = server.ask("GET /meet HTTP/1.1\r\nHost: x\r\n\r\n")
      await meeting.someoneWaits()
      await server.stop()
      while (try? await server.talk({ _ in })) != nil {}
      await meeting.arrive()
      return try await answer.body
    }
    #expect(body == "met")
  }

  @Test func `an address in use is named`() async throws {
    try await TestServer.run { server in
      let address = "127.0.0.1:\(server.port)"
      let second = try HTTPServer(
        address: address, controllers: [], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      let error = await #expect(throws: HTTPServerError.self) { try await second.run() }
      #expect(error?.description.hasPrefix("cannot listen on \(address): ") == true)
      #expect(error?.description.contains("Address already in use") == true)
    }
  }

  @Test func `no log line holds a query, a body or a header`() async throws {
    let lines = LogLines()
    var logger = Logger(label: "test", factory: { _ in lines })
    logger.logLevel = .trace
    try await TestServer.run(logger: logger) { server in
      _ = try await server.ask(
        "POST /echo?q=secret HTTP/1.1\r\nHost: x\r\nX-Key: secret\r\nContent-Length: 6\r\n\r\nsecret")
      _ = try await server.talk { client in
        try client.send("POST /echo?q=%secret HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nsecret")
        client.finish()
        return try client.rest()
      }
    }
    let text = lines.text.withLock { $0 }
    #expect(text.contains("/echo"))
    #expect(!text.contains("secret"))
  }
}

/// Keeps what it is given and leaves the answer to the next.
private final class Recorder: Controller {
  let bodies = Mutex<[[UInt8]]>([])

  func respond(to request: Request) async -> Response? {
    bodies.withLock { $0.append(request.body) }
    return nil
  }
}

/// Answers nobody before enough have come.
actor Meeting: Controller {
  private let size: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var watching: [CheckedContinuation<Void, Never>] = []

  init(_ size: Int) {
    self.size = size
  }

  func respond(to request: Request) async -> Response? {
    await arrive()
    return .text("met")
  }

  func arrive() async {
    if waiting.count + 1 < size {
      await withCheckedContinuation {
        waiting.append($0)
        watching.forEach { $0.resume() }
        watching = []
      }
    } else {
      waiting.forEach { $0.resume() }
      waiting = []
    }
  }

  func someoneWaits() async {
    if waiting.isEmpty { await withCheckedContinuation { watching.append($0) } }
  }
}

/// Everything logged, as one text.
private final class LogLines: LogHandler {
  let text = Mutex("")
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }
  var logLevel: Logger.Level {
    get { .trace }
    set {}
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    text.withLock { $0 += "\(event.level) \(event.message) \(event.metadata ?? [:])\n" }
  }
}
