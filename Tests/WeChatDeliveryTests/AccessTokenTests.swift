import HTTPValues
import Synchronization
import Testing
import Time
import WeChat

@testable import WeChatDelivery

@Suite struct AccessTokenTests {
  private let time = VirtualTime()
  private let refreshes = Refreshes()

  private final class Refreshes: Sendable {
    private let results = Mutex<[Bool]>([])
    var all: [Bool] { results.withLock { $0 } }
    func note(_ succeeded: Bool) { results.withLock { $0.append(succeeded) } }
  }

  private func token(from wechat: GivenWeChat) -> AccessToken {
    AccessToken(of: Given.account(), http: wechat, timeLimit: .seconds(10), clock: time.clock) { [refreshes] in
      refreshes.note($0)
    }
  }

  @Test func `it is kept until five minutes before its end`() async throws {
    let wechat = GivenWeChat(time.clock)
    let token = token(from: wechat)
    for _ in 0..<3 { #expect(try await token.text() == "token-1") }
    wechat.changeToken(to: "token-2")
    time.pass(.seconds(6899))
    #expect(try await token.text() == "token-1")
    time.pass(.seconds(1))
    #expect(try await token.text() == "token-2")
    #expect(wechat.tokenCalls == 2 && refreshes.all == [true, true])
  }

  @Test func `many who ask at once ask WeChat once`() async throws {
    let wechat = GivenWeChat(time.clock)
    let token = token(from: wechat)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try await token.text() } }
      for try await text in group { #expect(text == "token-1") }
    }
    #expect(wechat.tokenCalls == 1)
  }

  @Test func `a refused one is replaced by what WeChat has now, for all who were refused`() async throws {
    let wechat = GivenWeChat(time.clock)
    let token = token(from: wechat)
    #expect(try await token.text() == "token-1")
    wechat.changeToken(to: "token-2")
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await token.text(insteadOf: "token-1") } }
      for try await text in group { #expect(text == "token-2") }
    }
    #expect(wechat.tokenCalls == 2 && wechat.forcedTokens == 0)
  }

  @Test func `if WeChat gives the refused one again, a new one is forced, once a minute at most`() async throws {
    let wechat = GivenWeChat(time.clock)
    let token = token(from: wechat)
    #expect(try await token.text() == "token-1")
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await token.text(insteadOf: "token-1") } }
      for try await text in group { #expect(text == "forced-1") }
    }
    #expect(wechat.forcedTokens == 1)
    await #expect(throws: AccessToken.Trouble.self) { try await token.text(insteadOf: "forced-1") }
    #expect(wechat.forcedTokens == 1)
    time.pass(.seconds(60))
    #expect(try await token.text(insteadOf: "forced-1") == "forced-2")
  }

  @Test func `a good one serves on while no new one can be had`() async throws {
    let wechat = GivenWeChat(time.clock)
    let token = token(from: wechat)
    #expect(try await token.text() == "token-1")
    wechat.answerToken(.silence)
    time.pass(.seconds(7000))
    for _ in 0..<5 { #expect(try await token.text() == "token-1") }
    #expect(wechat.tokenCalls == 2)
    time.pass(.seconds(200))
    await #expect(throws: AccessToken.Trouble(reason: "access token: no answer in time")) { try await token.text() }
    #expect(refreshes.all == [true, false, false])
  }

  @Test func `towards its end the same one is asked for each minute, not each time`() async throws {
    let wechat = GivenWeChat(time.clock, lifetime: 200)
    let token = token(from: wechat)
    for _ in 0..<10 { _ = try await token.text() }
    #expect(wechat.tokenCalls == 1)
    time.pass(.seconds(60))
    for _ in 0..<10 { _ = try await token.text() }
    #expect(wechat.tokenCalls == 2)
  }

  @Test(arguments: [
    (GivenWeChat.Answer.code(40125), "access token: 40125"), (.status(502), "access token: HTTP 502"),
    (.body("{}"), "access token: an answer that isn't of WeChat's form"),
    (.body(#"{"access_token":"a b","expires_in":7200}"#), "access token: an answer that isn't of WeChat's form"),
    (.body(#"{"access_token":"a&b=c","expires_in":7200}"#), "access token: an answer that isn't of WeChat's form"),
    (.body(#"{"access_token":"ab","expires_in":-1}"#), "access token: an answer that isn't of WeChat's form"),
  ])
  func `what is no token is trouble that shows no secret`(answer: GivenWeChat.Answer, reason: String) async {
    let wechat = GivenWeChat(time.clock)
    wechat.answerToken(answer)
    let token = token(from: wechat)
    await #expect(throws: AccessToken.Trouble(reason: reason)) { try await token.text() }
  }
}
