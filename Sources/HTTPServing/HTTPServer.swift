import HTTPTypes
package import HTTPValues
import Hummingbird
import HummingbirdCore
package import Logging
import ServiceLifecycle
import Synchronization

/// Serves controllers over HTTP/1.1. TLS, where it is wanted, is a proxy's task.
///
/// On graceful shutdown it takes no new connections, closes the idle ones and waits for the answers under way.
package struct HTTPServer: Service {
  private let address: ListenAddress
  private let chain: ControllerChain
  private let bodyLimit: Int
  private let idleTimeout: Duration
  private let logger: Logger
  private let onListening: @Sendable (_ port: Int) -> Void

  /// - Parameters:
  ///   - address: `host:port`, see ``ListenAddress``.
  ///   - controllers: Asked in this order; the first answer counts.
  ///   - bodyLimit: Bytes. A longer body is answered with 413; what is over is read but not kept.
  ///   - idleTimeout: After which a connection is closed on which no request is being answered.
  ///   - onListening: Called once, as soon as connections are accepted, with the port, also if the system chose it.
  package init(
    address: String,
    controllers: [any Controller],
    bodyLimit: Int = 1 << 20,
    idleTimeout: Duration = .seconds(60),
    logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
  ) throws(HTTPServerError) {
    self.address = try ListenAddress(address)
    self.chain = ControllerChain(controllers)
    self.bodyLimit = bodyLimit
    self.idleTimeout = idleTimeout
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
    let listening = Atomic(false)
    let application = Application(
      responder: CallbackResponder<Context> { request, _ in try await self.answer(request) },
      server: HTTPServerBuilder { HTTP1Channel(responder: self.inviting($0), configuration: self.channel) },
      configuration: ApplicationConfiguration(
        address: .hostname(address.host, port: address.port), serverName: "Huiyin"),
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
  /// Nothing travels beside the request.
  private struct Context: InitializableFromSource {
    init(source: ApplicationRequestContextSource) {}
  }

  private var channel: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      idleTimeout: .init(idleTimeout),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100)
    )
  }

  /// Invites the body of a client that asks first (`Expect: 100-continue`), unless it is known to be too long.
  private func inviting(_ respond: @escaping HTTPChannelHandler.Responder) -> HTTPChannelHandler.Responder {
    { request, writer, channel in
      if request.headers[.expect]?.lowercased() == "100-continue", !self.isTooLong(request.head) {
        try await writer.writeInformationalHead(HTTPResponse(status: .continue))
      }
      try await respond(request, writer, channel)
    }
  }

  private func answer(_ request: Hummingbird.Request) async throws -> Hummingbird.Response {
    let response: HTTPValues.Response
    if let body = try await collect(request) {
      response = await chain.answer(request.head, body: body)
    } else {
      let tooLarge = HTTPValues.Response.problem(
        .contentTooLarge, "The body may have at most \(bodyLimit) bytes.")
      response = ControllerChain.completed(tooLarge, for: request.method)
    }
    logger.debug(
      "Answered",
      metadata: [
        "http.request.method": "\(request.method)", "url.path": "\(Self.path(request.head))",
        "http.response.status_code": "\(response.head.status.code)",
      ])
    return Hummingbird.Response(
      status: response.head.status, headers: response.head.headerFields,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
  }

  /// The whole body, or nil if it is too long. The rest is then read and thrown away, bit by bit, after the answer.
  private func collect(_ request: Hummingbird.Request) async throws -> [UInt8]? {
    if isTooLong(request.head) { return nil }
    var body: [UInt8] = []
    for try await part in request.body {
      guard body.count + part.readableBytes <= bodyLimit else { return nil }
      body.append(contentsOf: part.readableBytesView)
    }
    return body
  }

  private func isTooLong(_ head: HTTPRequest) -> Bool {
    guard let length = head.headerFields[.contentLength] else { return false }
    return Int(length).map { $0 > bodyLimit } ?? true
  }

  /// As sent, without the query, which may hold what is private.
  private static func path(_ head: HTTPRequest) -> Substring {
    (head.path ?? "").prefix { $0 != "?" }
  }
}
