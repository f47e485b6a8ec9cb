import Cases
import HTTPValues

/// What WeChat's answer to a message means for it.
enum Verdict: Hashable, Sendable {
  case delivered
  /// It will never arrive this way: why, for a clerk.
  case failed(String)
  /// The access token is no longer good.
  case staleToken
  /// Nothing of the account gets through just now: why, for an operator.
  case trouble(String)
  /// This one message can't be sent just now.
  case later(String)
  /// A code that nobody here knows.
  case unknown(Int)

  private struct Form: Decodable {
    let errcode: Int
  }

  init(_ answer: HTTPAnswer) {
    guard answer.status == 200 else {
      self = .trouble("HTTP \(answer.status)")
      return
    }
    guard let form = try? JSONData.decode(Form.self, from: answer.body) else {
      self = .trouble("an answer that isn't of WeChat's form")
      return
    }
    self.init(code: form.errcode)
  }

  init(code: Int) {
    self =
      switch code {
      case 0: .delivered
      case 40001, 40014, 41001, 42001: .staleToken
      // Busy; calls of the day or the minute are used up; our address isn't on the account's list.
      case -1, 45009, 45011, 40164: .trouble("\(code)")
      case 43108: .later("\(code)")
      default: Self.failures[code].map { .failed("\($0)（\(code)）") } ?? .unknown(code)
      }
  }

  private static let failures = [
    40003: "公众号不认得这个微信用户",
    40037: "公众号没有这个消息模板",
    41028: "消息模板的格式不对",
    41030: "消息模板的页面地址不对",
    43004: "没有关注公众号",
    43101: "没有订阅，或订阅已用完",
    43107: "公众号不能发订阅消息",
    45002: "消息太长",
    45015: "距最后一次互动太久，微信不再转发",
    45047: "窗口内可发的条数已用完",
    45168: "消息里有微信不让发的词",
    47003: "消息模板的字段不合要求",
    48001: "公众号没有发这种消息的权限",
    48002: "已拒收公众号的消息",
    50005: "已取消关注公众号",
  ]

  /// How long a message, or an account, that has failed so often in a row waits: a second, then twice as long each time, up
  /// to a minute.
  static func wait(afterFailures count: Int) -> Duration {
    .seconds(min(60, 1 << max(0, min(count, 7) - 1)))
  }

  /// Of answers with a code that nobody knows; then it has failed.
  static let unknownAnswers = 3
}
