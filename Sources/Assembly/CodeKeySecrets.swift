package import Codes
import Foundation

/// The keys that QR codes are sealed with: given by the operator, or one made once in the data folder.
package enum CodeKeySecrets {
  /// Needs no lock on the data folder, so that codes can be made while the pipeline runs.
  /// - Throws: ``SettingsError`` that repeats nothing of what was given: it may be a secret.
  package static func read(_ settings: Settings) throws(SettingsError) -> CodeKeys {
    guard let given = settings.codeKeys else {
      return try keys("K:" + (try DataFolder.secret("code.key", in: settings.data)))
    }
    // A colon among the first bytes ends the id of a key; in a path hardly one stands there.
    if given.utf8.prefix(5).contains(UInt8(ascii: ":")) { return try keys(given) }
    guard let data = FileManager.default.contents(atPath: given), let text = String(validating: data, as: UTF8.self)
    else {
      throw SettingsError("HUIYIN_CODE_KEYS is neither ID:SECRET,ID:SECRET nor the path of a file that can be read")
    }
    return try keys(text)
  }

  private static func keys(_ text: String) throws(SettingsError) -> CodeKeys {
    do throws(CodeKeys.Invalid) {
      return try CodeKeys(text)
    } catch {
      throw SettingsError("HUIYIN_CODE_KEYS: \(error)")
    }
  }
}
