import Cases
import Foundation
import HTTPValues
import Synchronization
import Time

/// WeChat's interface without a wire, which answers as it is told.
final class GivenWeChat: HTTPCaller {
  struct Call: Hashable {
    let path: String
    let token: String
    let time: Instant
    let openid: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  enum Answer {
    case code(Int)
    case status(Int)
    case body(String)
    case silence
  }

  private struct State {
    var calls: [Call] = []
    var tokenCalls = 0
    var forced = 0
    var token = "token-1"
    var tokenAnswer: Answer?
    var underWay = 0
    var mostUnderWay = 0
  }

  private let state = Mutex(State())
  private let clock: @Sendable () -> Instant
  private let answer: @Sendable (_ call: Call, _ number: Int) -> Answer
  private let lifetime: Int

  /// - Parameters:
  ///   - lifetime: of tokens, in seconds.
  ///   - answer: to the call of that number, of all messages; the first is 1.
  init(
    _ clock: @escaping @Sendable () -> Instant, lifetime: Int = 7200,
    answer: @escaping @Sendable (_ call: Call, _ number: Int) -> Answer = { _, _ in .code(0) }
  ) {
    self.clock = clock
    self.lifetime = lifetime
    self.answer = answer
  }

  var calls: [Call] { state.withLock { $0.calls } }
  var tokenCalls: Int { state.withLock { $0.tokenCalls } }
  var forcedTokens: Int { state.withLock { $0.forced } }
  var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

  /// The next token asked for without force is another one.
  func changeToken(to token: String) { state.withLock { $0.token = token } }
  /// What is answered to a call for a token; `nil` for a token.
  func answerToken(_ answer: Answer?) { state.withLock { $0.tokenAnswer = answer } }

  private struct Wish: Decodable { let force_refresh: Bool }
  private struct Message: Decodable { let touser: String }

  func post(
    _ body: [UInt8], type: String, to url: String, within time: Duration
  ) async throws(HTTPCallFailure) -> HTTPAnswer {
    state.withLock { state in
      state.underWay += 1
      state.mostUnderWay = max(state.mostUnderWay, state.underWay)
    }
    await Task.yield()
    defer { state.withLock { $0.underWay -= 1 } }
    if url.hasSuffix("/cgi-bin/stable_token") { return try Self.http(token(body)) }
    let parts = url.split(separator: "?access_token=").map(String.init)
    let message = try? JSONData.decode(Message.self, from: body)
    let call = Call(
      path: parts.first?.replacing("https://api.weixin.qq.com", with: "") ?? "", token: parts.last ?? "",
      time: clock(), openid: message?.touser ?? "", body: body)
    let number = state.withLock { state in
      state.calls.append(call)
      return state.calls.count
    }
    return try Self.http(answer(call, number))
  }

  private func token(_ body: [UInt8]) -> Answer {
    let isForced = (try? JSONData.decode(Wish.self, from: body).force_refresh) ?? false
    return state.withLock { state in
      state.tokenCalls += 1
      if let answer = state.tokenAnswer { return answer }
      if isForced {
        state.forced += 1
        state.token = "forced-\(state.forced)"
      }
      return .body(#"{"access_token":"\#(state.token)","expires_in":\#(lifetime)}"#)
    }
  }

  private static func http(_ answer: Answer) throws(HTTPCallFailure) -> HTTPAnswer {
    switch answer {
    case .code(let code): HTTPAnswer(status: 200, body: Array(#"{"errcode":\#(code),"errmsg":"words"}"#.utf8))
    case .status(let status): HTTPAnswer(status: status, body: [])
    case .body(let text): HTTPAnswer(status: 200, body: Array(text.utf8))
    case .silence: throw HTTPCallFailure("no answer in time")
    }
  }
}
