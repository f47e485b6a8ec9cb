import Configuration
package import Conversations
import Foundation
package import HTTPValues
package import Logging
package import RateLimiting

/// Every setting of every program, read in one place from the environment. README lists them in one table.
package struct Settings: Sendable {
  /// `HUIYIN_LOG`: where the log is. Default: `sqlite:` with `log.sqlite` in the data folder.
  package var log: LogAddress
  /// `HUIYIN_TOPIC_PREFIX`: before the name of every topic and group. Default `huiyin-`.
  package var topicPrefix: String
  /// `HUIYIN_PARTITIONS`: of every topic, fixed when they are created. Default 4 on SQLite, 12 on Kafka.
  package var partitions: Int
  /// `HUIYIN_REPLICATION`: copies of each record on Kafka. Default: the brokers' own.
  package var replication: Int?
  /// `HUIYIN_KAFKA_…`: properties of librdkafka that are passed on, such as `HUIYIN_KAFKA_SECURITY_PROTOCOL` for
  /// `security.protocol`.
  package var kafkaProperties: [String: String]
  /// `HUIYIN_INSTANCE`: unique among the processes that share a log, the same after a restart. Default: the host's name.
  package var instance: String
  /// `HUIYIN_DATA`: folder for what may be lost (snapshots, read model), and for an embedded log. Default `huiyin-data`.
  package var data: String
  /// `HUIYIN_DIRECTORY`: YAML files of stations, deputies and departments, separated by commas. Default: one county
  /// station.
  package var directory: [String]?
  /// `HUIYIN_MODEL`: file of the model that says what an opinion is about. Default: the one that ships with the program.
  package var model: String?
  /// `HUIYIN_CATEGORIES`: YAML file of the categories, their words and rules. Default: as shipped.
  package var categories: String?
  /// `HUIYIN_CALENDAR`: file with holiday plans beside or instead of the built-in ones.
  package var calendar: String?
  /// `HUIYIN_POLICY`: YAML file with the rules of the reply's deadline.
  package var policy: String?
  /// `HUIYIN_URGENCY`: YAML file with the signs of urgency. Default: the built-in list.
  package var urgency: String?
  /// `HUIYIN_FEEDBACK`: YAML file with whom to tell of what, in which words and over which channels. Default: as shipped.
  package var feedback: String?
  /// `HUIYIN_HTTP`: address and port to listen on. Default `127.0.0.1:8080`.
  package var http: String
  /// `HUIYIN_THREADS`: threads of each kind of worker. Default 1.
  package var threads: Int
  /// `HUIYIN_ORPHAN_WAIT`: how long a command waits for its case, in seconds. Default 86,400.
  package var orphanWait: Duration
  /// `HUIYIN_TIMER_WAIT`: how long a due timer waits for its partition to be read, in seconds. Default 60.
  package var timerWait: Duration
  /// `HUIYIN_SESSION_TIMEOUT`: how long a group waits for a silent member, in seconds. Default 10.
  package var sessionTimeout: Duration
  /// `HUIYIN_API_KEYS`: YAML file with the clients of the open API. Default: `POST /opinions` is open to all, Open311 takes
  /// no requests.
  package var apiKeys: String?
  /// `HUIYIN_PUBLIC_DESCRIPTIONS`: Open311 shows what citizens wrote. Default false.
  package var publicDescriptions: Bool
  /// `HUIYIN_CASE_KEY`: secret that the keys of the cases' pages are made with. Default: made once, in the data folder.
  package var caseKey: String?
  /// `HUIYIN_USERS`: YAML file with those who may sign in to the board and the desk. Default: nobody.
  package var users: String?
  /// `HUIYIN_SESSION_KEY`: secret that sessions are made with. Default: made once, in the data folder.
  package var sessionKey: String?
  /// `HUIYIN_TRUSTED_USER_HEADER`: header in which a proxy says who has signed in with it, such as `X-Remote-User`; needs
  /// ``trustedProxies`` to be given. Default: no header is believed.
  package var userHeader: String?
  /// `HUIYIN_CODE_KEYS`: keys that QR codes are sealed with, `ID:SECRET` separated by commas, or a file of such lines.
  /// Default: one, made once, in the data folder.
  package var codeKeys: String?
  /// `HUIYIN_PUBLIC_URL`: where citizens reach the pages, such as `https://example.org`, without a slash at its end. No
  /// default.
  package var publicURL: String?
  /// `HUIYIN_WECHAT`: YAML file with the official accounts of WeChat. Default: there are none.
  package var wechat: String?
  /// `HUIYIN_CHAT_IDLE`, `HUIYIN_CHAT_LONGEST`: how long a citizen may take over one opinion in a chat, between two messages
  /// and in all, in seconds. Defaults 600, 3600.
  package var chatPace: Pace
  /// `HUIYIN_OUTBOX_BYTES`: how much may wait on a gateway's own disk for the log, in bytes. Default 1 GiB.
  package var outboxBytes: Int
  /// `HUIYIN_LIMIT_ADDRESS`, `_READS`, `_CODE`, `_OPENID`: requests in a minute, and at once; 0 is no limit.
  /// Defaults 60, 600, 300, 600.
  package var rateLimits: [RateLimiter.Name: Int]
  /// `HUIYIN_TRUSTED_PROXIES`: addresses and ranges, separated by commas, of proxies whose `X-Forwarded-For` is
  /// believed. Default: those of this machine.
  package var trustedProxies: TrustedProxies
  /// `HUIYIN_LOG_LEVEL`: of swift-log. Default `info`.
  package var logLevel: Logger.Level
  /// `HUIYIN_LOG_FORMAT`: `text`, or `json`, one object a line. Default `text`.
  package var logFormat: LogFormat

  /// - Parameters:
  ///   - environment: `HUIYIN_…` by name.
  ///   - log: stands for `HUIYIN_LOG` where it is given.
  /// - Throws: ``SettingsError`` that names the variable.
  package init(environment: [String: String], log: String? = nil) throws(SettingsError) {
    let config = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment))
      .scoped(to: "huiyin")
    func text(_ key: ConfigKey) -> String? {
      config.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }
    func number(_ key: ConfigKey, _ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
      guard let text = text(key) else { return nil }
      guard let number = Int(text), range.contains(number) else {
        throw SettingsError(
          "\(name) is \(text), must be a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    func name(_ key: ConfigKey, _ variable: String, orElse other: String) throws(SettingsError) -> String {
      let name = text(key) ?? other
      guard name.count <= 100, name.utf8.allSatisfy(Self.isNameCharacter) else {
        throw SettingsError("\(variable) is \(name), must be letters, digits, hyphens, dots and underscores")
      }
      return name
    }
    data = text("data") ?? "huiyin-data"
    do throws(SettingsError) {
      self.log = try LogAddress(log ?? text("log") ?? "sqlite:\(data)/log.sqlite")
    } catch {
      throw SettingsError((log == nil ? "HUIYIN_LOG: " : "--log: ") + error.description)
    }
    topicPrefix = try name("topic.prefix", "HUIYIN_TOPIC_PREFIX", orElse: "huiyin-")
    let usual = if case .sqlite = self.log { 4 } else { 12 }
    partitions = try number("partitions", "HUIYIN_PARTITIONS", in: 1...1000) ?? usual
    replication = try number("replication", "HUIYIN_REPLICATION", in: 1...16)
    kafkaProperties = [:]
    for (variable, value) in environment where variable.hasPrefix("HUIYIN_KAFKA_") {
      let property = variable.dropFirst("HUIYIN_KAFKA_".count).lowercased().replacing("_", with: ".")
      kafkaProperties[property] = value
    }
    instance = try name("instance", "HUIYIN_INSTANCE", orElse: Self.hostName)
    directory = text("directory").map { paths in
      paths.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    model = text("model")
    categories = text("categories")
    calendar = text("calendar")
    policy = text("policy")
    urgency = text("urgency")
    feedback = text("feedback")
    http = text("http") ?? "127.0.0.1:8080"
    threads = try number("threads", "HUIYIN_THREADS", in: 1...64) ?? 1
    orphanWait = .seconds(try number("orphan.wait", "HUIYIN_ORPHAN_WAIT", in: 1...31_536_000) ?? 86_400)
    timerWait = .seconds(try number("timer.wait", "HUIYIN_TIMER_WAIT", in: 0...86_400) ?? 60)
    sessionTimeout = .seconds(try number("session.timeout", "HUIYIN_SESSION_TIMEOUT", in: 1...3600) ?? 10)
    apiKeys = text("api.keys")
    let shown = text("public.descriptions") ?? "false"
    guard let isShown = Bool(shown) else {
      throw SettingsError("HUIYIN_PUBLIC_DESCRIPTIONS is \(shown), must be true or false")
    }
    publicDescriptions = isShown
    caseKey = text("case.key")
    if let key = caseKey, key.utf8.count < 16 {
      throw SettingsError("HUIYIN_CASE_KEY must have at least 16 characters")
    }
    users = text("users")
    sessionKey = text("session.key")
    if let key = sessionKey, key.utf8.count < 16 {
      throw SettingsError("HUIYIN_SESSION_KEY must have at least 16 characters")
    }
    userHeader = text("trusted.user.header")
    if userHeader != nil, text("trusted.proxies") == nil {
      throw SettingsError(
        "HUIYIN_TRUSTED_USER_HEADER needs HUIYIN_TRUSTED_PROXIES: whoever else sends it isn't believed")
    }
    codeKeys = text("code.keys")
    if let given = text("public.url") {
      guard let url = Self.webAddress(given) else {
        throw SettingsError(
          "HUIYIN_PUBLIC_URL is \(given), must be an http or https address without user, query and fragment")
      }
      publicURL = url
    }
    wechat = text("wechat")
    chatPace = Pace(
      idle: .seconds(try number("chat.idle", "HUIYIN_CHAT_IDLE", in: 10...86_400) ?? 600),
      longest: .seconds(try number("chat.longest", "HUIYIN_CHAT_LONGEST", in: 10...86_400) ?? 3600))
    outboxBytes = try number("outbox.bytes", "HUIYIN_OUTBOX_BYTES", in: (1 << 20)...(1 << 40)) ?? 1 << 30
    rateLimits = [:]
    for (limit, usual) in [
      (RateLimiter.Name.address, 60), (.reads, 600), (.code, 300), (.openid, 600),
    ] {
      let name = limit.rawValue.replacing("-", with: "_")
      let key = ConfigKey("limit." + name.replacing("_", with: "."))
      rateLimits[limit] = try number(key, "HUIYIN_LIMIT_\(name.uppercased())", in: 0...1_000_000) ?? usual
    }
    trustedProxies = try Self.proxies(text("trusted.proxies"))
    let level = text("log.level") ?? "info"
    guard let known = Logger.Level(rawValue: level) else {
      throw SettingsError(
        "HUIYIN_LOG_LEVEL is \(level), must be one of \(Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    logLevel = known
    let format = text("log.format") ?? "text"
    guard let asked = LogFormat(rawValue: format) else {
      throw SettingsError(
        "HUIYIN_LOG_FORMAT is \(format), must be \(LogFormat.allCases.map(\.rawValue).joined(separator: " or "))")
    }
    logFormat = asked
  }

  private static func proxies(_ text: String?) throws(SettingsError) -> TrustedProxies {
    guard let text else { return .local }
    var ranges: [AddressRange] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      guard let range = AddressRange(part) else {
        throw SettingsError("HUIYIN_TRUSTED_PROXIES has \(part), must be addresses or ranges such as 10.0.0.0/8")
      }
      ranges.append(range)
    }
    return TrustedProxies(ranges)
  }

  private static var hostName: String {
    let name = ProcessInfo.processInfo.hostName
    return String(decoding: name.utf8.filter(isNameCharacter), as: UTF8.self).prefix(64).description
  }

  /// Without slashes at its end.
  private static func webAddress(_ text: String) -> String? {
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), let parts = URLComponents(string: text),
      ["http", "https"].contains(parts.scheme?.lowercased()), parts.host?.isEmpty == false, parts.user == nil,
      parts.password == nil, parts.query == nil, parts.fragment == nil
    else { return nil }
    return String(text.reversed().drop { $0 == "/" }.reversed())
  }

  private static func isNameCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
