import YAMLForms
import Yams

/// One walk over the YAML of the accounts.
struct WeChatAccountsReading {
  var form: YAMLReading
  private let readSecret: (String) -> String?

  init(file: String, readSecret: @escaping (String) -> String?) {
    form = YAMLReading(file: file)
    self.readSecret = readSecret
  }

  mutating func read(_ root: Node) throws(InvalidFile) -> WeChatAccounts {
    let top = form.mapping(root, "the file", keys: ["accounts", "maximumAge", "words"], required: ["accounts"])
    let accounts = accounts(top["accounts"])
    let words = words(top["words"])
    let maximumAge = maximumAge(top["maximumAge"])
    try form.check()
    return WeChatAccounts(accounts, words: words, maximumAge: maximumAge)
  }

  private mutating func accounts(_ node: Node?) -> [WeChatAccount] {
    guard let node else { return [] }
    guard let named = node.mapping, !named.isEmpty else {
      form.fault(node, "accounts names no account")
      return []
    }
    var accounts: [WeChatAccount] = []
    for (key, value) in named {
      guard let name = form.text(key, "the name of an account") else { continue }
      if let account = account(name, value) { accounts.append(account) }
    }
    return accounts
  }

  private mutating func account(_ name: String, _ node: Node) -> WeChatAccount? {
    let keys: Set = ["appId", "token", "tokenFile", "aesKey", "aesKeyFile", "mode"]
    let fields = form.mapping(
      node, "accounts.\(name)", keys: keys.union(Self.sendingKeys), required: ["appId"])
    let appID = form.text(fields["appId"], "accounts.\(name).appId")
    let token = secret("token", of: fields, account: name)
    let aesKey = secret("aesKey", of: fields, account: name)
    let mode = mode(fields["mode"], account: name)
    let sending = sending(fields, account: name, appID: appID ?? "")
    if node.mapping != nil, fields["token"] == nil, fields["tokenFile"] == nil {
      form.fault(node, "accounts.\(name) has no token (or tokenFile)")
    }
    guard let appID, let token, let mode else { return nil }
    // One that stands there and can't be read is a fault already.
    if aesKey == nil, fields["aesKey"] != nil || fields["aesKeyFile"] != nil { return nil }
    do throws(WeChatAccount.Fault) {
      return try WeChatAccount(name: name, appID: appID, token: token, aesKey: aesKey, mode: mode, sending: sending)
    } catch {
      let blamed: Node? =
        switch error {
        case .appID: fields["appId"]
        case .token: fields["token"] ?? fields["tokenFile"]
        case .aesKey: fields["aesKey"] ?? fields["aesKeyFile"]
        case .name, .noAESKey: nil
        }
      form.fault(blamed ?? node, "accounts.\(name): \(error.reason)")
      return nil
    }
  }

  /// What stands under `key`, or in the file named under `key` + `File`.
  mutating func secret(_ key: String, of fields: [String: Node], account: String) -> String? {
    let fileKey = key + "File"
    guard let named = fields[fileKey] else { return form.text(fields[key], "accounts.\(account).\(key)") }
    guard fields[key] == nil else {
      form.fault(named, "accounts.\(account): \(key) and \(fileKey) exclude each other")
      return nil
    }
    guard let path = form.text(named, "accounts.\(account).\(fileKey)") else { return nil }
    guard let contents = readSecret(path) else {
      form.fault(named, "accounts.\(account): the file of \(fileKey) can't be read")
      return nil
    }
    return CommandWords.trimmed(contents)
  }

  private mutating func mode(_ node: Node?, account: String) -> WeChatAccount.Mode? {
    guard let node else { return .safe }
    guard let text = form.text(node, "accounts.\(account).mode") else { return nil }
    if let mode = WeChatAccount.Mode(rawValue: text) { return mode }
    let all = WeChatAccount.Mode.allCases.map(\.rawValue).joined(separator: ", ")
    form.fault(node, "accounts.\(account).mode is none of \(all)")
    return nil
  }

  private mutating func maximumAge(_ node: Node?) -> Duration? {
    guard let seconds = form.wholeNumber(node, "maximumAge") else { return nil }
    if !(1...864_000).contains(seconds) { form.fault(node, "maximumAge is not 1 to 864000 seconds") }
    return .seconds(seconds)
  }

  private mutating func words(_ node: Node?) -> CommandWords {
    guard let node else { return CommandWords() }
    let fields = form.mapping(node, "words", keys: ["finish", "status"])
    let finish = fields["finish"].map { form.texts($0, "words.finish") }
    let status = fields["status"].map { form.texts($0, "words.status") }
    for (key, words) in [("finish", finish), ("status", status)] where words?.isEmpty == true {
      form.fault(fields[key], "words.\(key) holds no word")
    }
    return CommandWords(
      finish: finish ?? CommandWords.defaultFinish, status: status ?? CommandWords.defaultStatus)
  }
}
