import HTTPTypes
package import HTTPValues
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// Serves controllers over HTTP/1.1. TLS, where it is wanted, is a proxy's task.
///
/// On graceful shutdown it takes no new connections, closes the idle ones, ends the streams of events and waits for the
/// other answers under way.
package struct HTTPServer: Service {
  private let address: ListenAddress
  private let chain: ControllerChain
  private let limits: ServerLimits
  private let load: Load
  private let proxies: TrustedProxies
  private let wait: @Sendable (Duration) async -> Void
  private let logger: Logger
  private let onListening: @Sendable (_ port: Int) -> Void

  /// - Parameters:
  ///   - address: `host:port`, see ``ListenAddress``.
  ///   - controllers: Asked in this order; the first answer counts.
  ///   - proxies: Those whose `X-Forwarded-For` is believed.
  ///   - wait: Comes back after that time, or sooner if its task is cancelled; streams of events live by it.
  ///   - onListening: Called once, as soon as connections are accepted, with the port, also if the system chose it.
  package init(
    address: String,
    controllers: [any Controller],
    limits: ServerLimits = ServerLimits(),
    proxies: TrustedProxies = .local,
    wait: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) },
    logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) throws(HTTPServerError) {
    self.address = try ListenAddress(address)
    self.chain = ControllerChain(controllers)
    self.limits = limits
    self.load = Load(requests: limits.requests, bytes: limits.bodies, streams: limits.streams)
    self.proxies = proxies
    self.wait = wait
    self.logger = logger
    self.onListening = onListening
  }

  /// Serves until graceful shutdown or cancellation.
  ///
  /// - Throws: ``HTTPServerError/cannotListen(_:reason:)``.
  package func run() async throws {
    // The framework's own lines may hold whole requests; only its warnings are let through.
    var frameworkLogger = logger
    frameworkLogger.logLevel = max(logger.logLevel, .warning)
    OpenFiles.allowAll()
    let listening = Atomic(false)
    let application = Application(
      responder: CallbackResponder<Context> { request, context in
        try await self.answer(request, context)
      },
      server: HTTPServerBuilder { HTTP1Channel(responder: self.inviting($0), configuration: self.channel) },
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port), serverName: "Huiyin",
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: frameworkLogger)),
      onServerRunning: { channel in
        listening.store(true, ordering: .relaxed)
        let port = channel.localAddress?.port ?? self.address.port
        self.logger.info("Listening", metadata: ["server.address": "\(self.address.host)", "server.port": "\(port)"])
        self.onListening(port)
      },
      logger: frameworkLogger
    )
    do {
      try await application.run()
    } catch let error where !listening.load(ordering: .relaxed) && !(error is CancellationError) {
      throw HTTPServerError.cannotListen("\(address)", reason: "\(error)")
    }
  }
}

extension HTTPServer {
  /// What travels beside the request.
  private struct Context: InitializableFromSource {
    let channel: any Channel
    /// At the other end of the connection.
    let peer: ClientAddress?

    init(source: ApplicationRequestContextSource) {
      channel = source.channel
      peer = channel.remoteAddress.flatMap { ClientAddress($0) }
    }
  }

  private var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [
        BodyPace(patience: limits.bodyPatience, bytesPerSecond: limits.slowest), StreamConnection(),
      ],
      idleTimeout: .init(limits.idle),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100)
    )
  }

  /// Invites the body of a client that asks first (`Expect: 100-continue`), unless it is known to be too long.
  private func inviting(_ respond: @escaping HTTPChannelHandler.Responder) -> HTTPChannelHandler.Responder {
    { request, writer, channel in
      if request.headers[.expect]?.lowercased() == "100-continue", let asked = try? self.chain.request(request.head),
        !Self.isTooLong(request.head, for: self.chain.bodyLimit(for: asked) ?? self.limits.body)
      {
        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
      }
      try await respond(request, writer, channel)
    }
  }

  private func answer(_ request: Hummingbird.Request, _ context: Context) async throws -> Hummingbird.Response {
    var response = try await respond(to: request, from: context.peer)
    let place = response.events == nil ? nil : load.stream()
    if response.events != nil, place == nil { response = .overloaded }
    let sent = ControllerChain.completed(response, for: request.method)
    logger.debug(
      "Answered",
      metadata: [
        "http.request.method": "\(request.method)", "url.path": "\(Self.path(request.head))",
        "http.response.status_code": "\(sent.head.status.code)",
      ])
    let body: ResponseBody
    if let events = sent.events {
      let sending = EventSending(events, wait: wait, beat: limits.streamBeat, age: limits.streamAge)
      body = ResponseBody { writer in
        try await sending.send(to: &writer, on: context.channel)
        withExtendedLifetime(place) {}
      }
    } else if response.events != nil {
      // Without a length, only the end of the connection tells a client that nothing follows the head.
      body = ResponseBody { _ in throw CancellationError() }
    } else {
      body = ResponseBody(byteBuffer: ByteBuffer(bytes: sent.body))
    }
    return Hummingbird.Response(status: sent.head.status, headers: sent.head.headerFields, body: body)
  }

  private func respond(
    to request: Hummingbird.Request, from peer: ClientAddress?
  ) async throws -> HTTPValues.Response {
    guard load.begin() else { return .overloaded }
    var kept = 0
    defer { load.end(releasing: kept) }
    let asked: HTTPValues.Request
    do {
      asked = try chain.request(
        request.head, client: proxies.client(peer: peer, forwarded: Self.forwarded(request.head)), peer: peer)
    } catch {
      return .problem(.badRequest, error.reason)
    }
    let limit = chain.bodyLimit(for: asked) ?? limits.body
    switch try await collect(request, limit: limit, kept: &kept) {
    case .whole(let body): return await chain.answer(asked.with(body: body))
    case .tooLong: return .problem(.contentTooLarge, "The body may have at most \(limit) bytes.")
    case .noRoom: return .overloaded
    }
  }

  private enum Collected {
    case whole([UInt8])
    case tooLong, noRoom
  }

  /// The whole body, where it fits. The rest of one that doesn't is read and thrown away, bit by bit, after the answer.
  private func collect(
    _ request: Hummingbird.Request, limit: Int, kept: inout Int
  ) async throws -> Collected {
    if Self.isTooLong(request.head, for: limit) { return .tooLong }
    var body: [UInt8] = []
    for try await part in request.body {
      guard body.count + part.readableBytes <= limit else { return .tooLong }
      guard load.keep(part.readableBytes) else { return .noRoom }
      kept += part.readableBytes
      body.append(contentsOf: part.readableBytesView)
    }
    return .whole(body)
  }

  private static func isTooLong(_ head: HTTPRequest, for limit: Int) -> Bool {
    guard let length = head.headerFields[.contentLength] else { return false }
    return Int(length).map { $0 > limit } ?? true
  }

  private static func forwarded(_ head: HTTPRequest) -> String? {
    forwardedFor.flatMap { head.headerFields[$0] }
  }

  private static let forwardedFor = HTTPField.Name("X-Forwarded-For")

  /// As sent, without the query, which may hold what is private.
  private static func path(_ head: HTTPRequest) -> Substring {
    (head.path ?? "").prefix { $0 != "?" }
  }
}
