import HTTPTypes
package import HTTPValues

/// A language of the pages.
package enum Language: String, Hashable, Sendable, CaseIterable {
  case chinese = "zh-CN"
  case english = "en"

  /// Chinese, unless English is asked for and wanted more.
  package static func preferred(by request: Request) -> Language {
    let preference = Preference(request[.acceptLanguage])
    return preference.weight(ofLanguage: "en") > preference.weight(ofLanguage: "zh") ? .english : .chinese
  }
}
