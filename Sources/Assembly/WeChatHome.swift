import Foundation
import WeChat
import YAMLForms

/// The official accounts of the operator's file.
enum WeChatHome {
  /// `nil` where there is no such file.
  /// - Throws: ``SettingsError`` with file, line and fault; never a secret.
  static func accounts(_ settings: Settings) throws(SettingsError) -> WeChatAccounts? {
    guard let path = settings.wechat else { return nil }
    do throws(InvalidFile) {
      return try WeChatAccounts(yaml: try YAMLFile.text(of: path), file: path) { file in
        FileManager.default.contents(atPath: file).flatMap { String(validating: $0, as: UTF8.self) }
      }
    } catch {
      throw SettingsError("HUIYIN_WECHAT: \(error)")
    }
  }
}
