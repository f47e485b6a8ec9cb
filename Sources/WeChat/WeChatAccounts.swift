package import YAMLForms

/// The official accounts that are answered for, and what holds for all of them, from the operator's YAML:
///
/// ```yaml
/// accounts:
///   qingxi:                      # the account's callback is /wechat/qingxi
///     appId: wx0000000000000000
///     mode: safe                 # plain, compatible or safe, as set at the peer; safe if left out
///     tokenFile: /run/secrets/qingxi-token
///     aesKeyFile: /run/secrets/qingxi-aes-key
///     secretFile: /run/secrets/qingxi-secret   # optional: with it the account also writes of its own accord
///     api: https://api.weixin.qq.com           # if left out
///     perSecond: 10                            # the most messages in a second; 10 if left out
///     templates:                               # for when no customer-service message may be sent
///       - id: notARealTemplate
///         kind: once                           # once, lasting (both of subscription messages) or template
///         for: [answer]                        # answer, notice, rating
///         fields: {character_string1: "{number}", thing2: "{by}"}
///         page: "{link}"                       # optional: where a tap leads
/// maximumAge: 600                # optional, seconds: how far a request's timestamp may be from our clock
/// words:                         # optional: what a citizen writes to have something done
///   finish: [完, 完毕, 提交, 结束]
///   status: [查, 查询, 进度]
/// ```
///
/// `token`, `aesKey` and `secret` may stand there themselves in place of the files. Placeholders of a template's fields are
/// ``TemplatePattern/Placeholder``: `{by}` of an answer alone, `{due}` of a notice alone.
package struct WeChatAccounts: Sendable {
  /// By name.
  package let accounts: [String: WeChatAccount]
  package let words: CommandWords
  /// Requests whose timestamp is farther from the clock are refused; `nil` lets every age pass.
  package let maximumAge: Duration?

  package init(_ accounts: [WeChatAccount], words: CommandWords = CommandWords(), maximumAge: Duration? = nil) {
    self.accounts = Dictionary(accounts.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    self.words = words
    self.maximumAge = maximumAge
  }

  /// - Parameters:
  ///   - file: what faults call it.
  ///   - readSecret: the contents of a file that is named there, or nil if it can't be read. Blanks and line ends around
  ///     a secret don't belong to it.
  /// - Throws: ``InvalidFile`` with every fault, each with file and line; never a secret.
  package init(yaml: String, file: String, readSecret: @escaping (String) -> String?) throws(InvalidFile) {
    var reading = WeChatAccountsReading(file: file, readSecret: readSecret)
    self = try reading.read(try YAMLFile.compose(yaml, file: file))
  }
}
