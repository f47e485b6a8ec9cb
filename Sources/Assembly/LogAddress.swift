/// Where the log is: `sqlite:PATH` or `kafka://host:port,host:port`.
package enum LogAddress: Hashable, Sendable {
  case sqlite(path: String)
  case kafka(brokers: [String])

  package init(_ text: String) throws(SettingsError) {
    if text.hasPrefix("sqlite:") {
      let path = String(text.dropFirst("sqlite:".count))
      guard !path.isEmpty else { throw SettingsError("log address \(text): a path must follow sqlite:") }
      self = .sqlite(path: path)
    } else if text.hasPrefix("kafka://") {
      let brokers = text.dropFirst("kafka://".count).split(separator: ",").map(String.init)
      guard !brokers.isEmpty, brokers.allSatisfy({ $0.contains(":") }) else {
        throw SettingsError("log address \(text): host:port must follow kafka://, several with commas between them")
      }
      self = .kafka(brokers: brokers)
    } else {
      throw SettingsError("log address \(text): must begin with sqlite: or kafka://")
    }
  }
}
