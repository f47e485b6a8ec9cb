import APIKeys
import YAMLForms

/// The keys of the API, as the settings name them.
enum APIKeysHome {
  /// - Returns: `nil` where no file of keys is named.
  static func check(_ settings: Settings) throws(SettingsError) -> APIKeyCheck? {
    guard let path = settings.apiKeys else { return nil }
    do throws(InvalidFile) {
      return APIKeyCheck(keys: try APIKeyFile.read(path), rate: ClientRate(), clock: Program.wallClock)
    } catch {
      throw SettingsError("HUIYIN_API_KEYS: \(error)")
    }
  }
}
