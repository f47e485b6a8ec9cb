import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request body comes too slowly: it may take some time, and more for every byte that came.
final class BodyPace: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let patience: TimeAmount
  private let bytesPerSecond: Int
  /// When the head came of the request that isn't complete yet.
  private var begin: NIODeadline?
  private var received = 0
  private var check: Scheduled<Void>?

  init(patience: Duration, bytesPerSecond: Int) {
    self.patience = TimeAmount(patience)
    self.bytesPerSecond = bytesPerSecond
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      begin = .now()
      received = 0
    case .body(let part): received += part.readableBytes
    case .end:
      begin = nil
      stop()
    }
    context.fireChannelRead(data)
  }

  /// A request that came in one piece costs no timer.
  func channelReadComplete(context: ChannelHandlerContext) {
    if begin != nil, check == nil { schedule(in: patience, context) }
    context.fireChannelReadComplete()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    stop()
  }

  private func stop() {
    check?.cancel()
    check = nil
  }

  private func schedule(in time: TimeAmount, _ context: ChannelHandlerContext) {
    check = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      self.check = nil
      guard let begin = self.begin else { return }
      let earned = TimeAmount.milliseconds(Int64(self.received) * 1000 / Int64(self.bytesPerSecond))
      let left = begin + self.patience + earned - .now()
      if left <= .zero { context.close(promise: nil) } else { self.schedule(in: left, context) }
    }
  }
}
