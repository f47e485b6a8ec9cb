import Cases
import HTTPValues
import Time
import WeChat

/// The token that an account's requests are made with: fetched when it is needed, kept until five minutes before its end.
///
/// It is WeChat's stable one (`stable_token`), which is the same for all who ask for it, so that several gateways don't
/// take it from each other. One request for it is under way at a time.
actor AccessToken {
  struct Trouble: Error, Hashable {
    /// For an operator; shows neither token nor secret.
    let reason: String
  }

  private struct Known {
    let text: String
    let end: Instant
    var renewedFrom: Instant
  }

  private struct Wish: Encodable {
    let grant_type = "client_credential"
    let appid: String
    let secret: String
    let force_refresh: Bool
  }

  private struct Form: Decodable {
    let access_token: String?
    let expires_in: Int?
    let errcode: Int?
  }

  private static let margin = Duration.seconds(300)
  /// Between two tries at a token while the old one is good, and between two that force a new one: WeChat grants twenty
  /// of those in a day.
  private static let pause = Duration.seconds(60)

  private let account: SendingAccount
  private let http: any HTTPCaller
  private let timeLimit: Duration
  private let clock: @Sendable () -> Instant
  private let onRefresh: @Sendable (_ succeeded: Bool) -> Void
  private var known: Known?
  private var underWay: Task<Result<String, Trouble>, Never>?
  private var lastForced: Instant?

  init(
    of account: SendingAccount, http: any HTTPCaller, timeLimit: Duration, clock: @escaping @Sendable () -> Instant,
    onRefresh: @escaping @Sendable (_ succeeded: Bool) -> Void
  ) {
    self.account = account
    self.http = http
    self.timeLimit = timeLimit
    self.clock = clock
    self.onRefresh = onRefresh
  }

  func text() async throws(Trouble) -> String {
    let now = clock()
    if let known, now < known.renewedFrom { return known.text }
    do throws(Trouble) {
      return try await fetch(forced: false)
    } catch {
      guard let old = known, now < old.end else { throw error }
      known?.renewedFrom = min(old.end, now + Self.pause)
      return old.text
    }
  }

  /// One in place of a token that WeChat has refused.
  func text(insteadOf refused: String) async throws(Trouble) -> String {
    if let known, known.text != refused { return known.text }
    known = nil
    let text = try await fetch(forced: false)
    guard text == refused else { return text }
    if let known, known.text != refused { return known.text }
    let now = clock()
    if underWay == nil, let lastForced, now - lastForced < Self.pause {
      throw Trouble(reason: "the access token is refused, and a new one can't be had yet")
    }
    return try await fetch(forced: true)
  }

  private func fetch(forced isForced: Bool) async throws(Trouble) -> String {
    let task: Task<Result<String, Trouble>, Never>
    if let underWay {
      task = underWay
    } else {
      if isForced { lastForced = clock() }
      task = Task { await ask(forced: isForced) }
      underWay = task
    }
    return try await task.value.get()
  }

  private func ask(forced isForced: Bool) async -> Result<String, Trouble> {
    defer { underWay = nil }
    do throws(Trouble) {
      let new = try await answer(forced: isForced)
      known = new
      onRefresh(true)
      return .success(new.text)
    } catch {
      onRefresh(false)
      return .failure(error)
    }
  }

  private func answer(forced isForced: Bool) async throws(Trouble) -> Known {
    let wish = Wish(appid: account.appID, secret: account.secret, force_refresh: isForced)
    let answer: HTTPAnswer
    do throws(HTTPCallFailure) {
      answer = try await http.post(
        JSONData.encode(wish), type: "application/json", to: account.api + "/cgi-bin/stable_token", within: timeLimit)
    } catch {
      throw Trouble(reason: "access token: \(error.reason)")
    }
    guard answer.status == 200 else { throw Trouble(reason: "access token: HTTP \(answer.status)") }
    guard let form = try? JSONData.decode(Form.self, from: answer.body) else {
      throw Trouble(reason: "access token: an answer that isn't of WeChat's form")
    }
    if let code = form.errcode, code != 0 { throw Trouble(reason: "access token: \(code)") }
    guard let text = form.access_token, let seconds = form.expires_in, seconds > 0, Self.isToken(text) else {
      throw Trouble(reason: "access token: an answer that isn't of WeChat's form")
    }
    let end = clock() + .seconds(seconds)
    // Towards its end WeChat may still give the same one.
    let renewedFrom = max(end - Self.margin, clock() + min(Self.pause, .seconds(seconds) / 2))
    return Known(text: text, end: end, renewedFrom: renewedFrom)
  }

  /// It goes into an address as it is.
  private static func isToken(_ text: String) -> Bool {
    (1...1024).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
