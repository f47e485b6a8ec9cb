import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes the connection of a stream of events as soon as its reader is gone, and once its end has been sent.
///
/// A reader has nothing to say while it listens: one that says it will send no more is leaving.
final class StreamConnection: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var isStreaming = false
  private var isInputClosed = false

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      isStreaming = head.headerFields[.contentType] == "text/event-stream"
      context.write(data, promise: promise)
      if isStreaming, isInputClosed { context.close(promise: nil) }
    case .end where isStreaming:
      let written = promise ?? context.eventLoop.makePromise()
      written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
      context.write(data, promise: written)
    case .body, .end: context.write(data, promise: promise)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent {
      isInputClosed = true
      if isStreaming { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }
}
