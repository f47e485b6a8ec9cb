import HTTPValues
import Testing

@testable import WeChatDelivery

@Suite struct VerdictTests {
  private func verdict(_ body: String, status: Int = 200) -> Verdict {
    Verdict(HTTPAnswer(status: status, body: Array(body.utf8)))
  }

  @Test func `zero is a message that WeChat has taken`() {
    #expect(verdict(#"{"errcode":0,"errmsg":"ok","msgid":200228332}"#) == .delivered)
    #expect(verdict(#"{"errmsg":"ok","errcode":0}"#) == .delivered)
  }

  @Test(arguments: [40003, 43004, 43101, 43107, 45002, 45015, 45047, 45168, 47003, 48001, 48002, 50005, 40037, 41030])
  func `what this way never arrives has failed, with words and the code for a clerk`(code: Int) {
    guard case .failed(let reason) = Verdict(code: code) else {
      Issue.record("\(code) has not failed")
      return
    }
    #expect(reason.hasSuffix("（\(code)）") && reason.count > 10)
  }

  @Test(arguments: [40001, 40014, 41001, 42001]) func `a refused token asks for another`(code: Int) {
    #expect(Verdict(code: code) == .staleToken)
  }

  @Test(arguments: [-1, 45009, 45011, 40164]) func `where nothing gets through, all wait`(code: Int) {
    #expect(Verdict(code: code) == .trouble("\(code)"))
  }

  @Test func `what isn't WeChat's own answer is trouble`() {
    #expect(verdict("", status: 502) == .trouble("HTTP 502"))
    #expect(verdict(#"{"errcode":0}"#, status: 503) == .trouble("HTTP 503"))
    for body in ["", "<html>", "{}", "[]", #"{"errcode":"0"}"#] {
      guard case .trouble = verdict(body) else {
        Issue.record("taken for an answer: \(body)")
        continue
      }
    }
  }

  @Test func `one code concerns this message alone, and any other is unknown`() {
    #expect(Verdict(code: 43108) == .later("43108"))
    #expect(Verdict(code: 99999) == .unknown(99999))
  }

  @Test func `waiting doubles from a second to a minute`() {
    let waits = (1...9).map { Verdict.wait(afterFailures: $0) }
    #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
  }
}
