import HTTPServing
import HTTPTypes
import HTTPValues
import Logging
import LoopbackClient
import Offloading
import ServiceLifecycle

/// Runs a server on a port of the system's choice for as long as a test takes, and stops it gracefully.
struct TestServer {
  struct NotListening: Error {}

  let port: Int
  private let group: ServiceGroup
  private let clients = Offload(name: "clients", threads: 4)

  private init(port: Int, group: ServiceGroup) {
    self.port = port
    self.group = group
  }

  static func run<Result>(
    _ controllers: [any Controller] = [Echo()], limits: (inout ServerLimits) -> Void = { _ in },
    wait: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) },
    logger: Logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
    _ body: (TestServer) async throws -> Result
  ) async throws -> Result {
    let (ports, listening) = AsyncStream<Int>.makeStream()
    var allLimits = ServerLimits()
    limits(&allLimits)
    let server = try HTTPServer(
      address: "127.0.0.1:0", controllers: controllers, limits: allLimits, wait: wait, logger: logger,
      onListening: { listening.yield($0) })
    let group = ServiceGroup(services: [server], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { listening.finish() }
        try await group.run()
      }
      guard let port = await ports.first(where: { _ in true }) else { throw NotListening() }
      let result = try await body(TestServer(port: port, group: group))
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return result
    }
  }

  /// Begins the graceful stop; ``run(_:limits:wait:logger:_:)`` waits for its end.
  func stop() async {
    await group.triggerGracefulShutdown()
  }

  /// Opens a connection and talks on it, on a thread of its own.
  func talk<Result: Sendable>(_ talk: @escaping @Sendable (TCPClient) throws -> Result) async throws -> Result {
    let port = port
    return try await clients.run { try talk(TCPClient(port: port)) }
  }

  /// Runs what waits on connections that are open already.
  func blocking<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await clients.run(body)
  }

  /// Sends one request and hears the answer.
  func ask(_ request: String, isHead: Bool = false) async throws -> TCPClient.Answer {
    try await talk { client in
      try client.send(request)
      return try client.answer(isHead: isHead)
    }
  }
}

/// Tells back what it was asked at `/echo`.
struct Echo: Controller {
  func respond(to request: Request) async -> Response? {
    guard request.path == "/echo" else { return nil }
    guard request.method == .get || request.method == .post else { return .methodNotAllowed(.get, .post) }
    return .text("\(request.method) \(request.query["q"] ?? "-") \(String(decoding: request.body, as: UTF8.self))")
  }
}
