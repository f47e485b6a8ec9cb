import Cases

/// The addresses of the cases' pages as citizens open them, with their keys.
struct PageLink: Sendable {
  private let base: String
  private let secret: CaseKey.Secret

  /// `nil` where nobody said under which address the pages are reached.
  init?(_ settings: Settings, _ folder: DataFolder) throws(SettingsError) {
    guard let base = settings.publicURL else { return nil }
    self.base = base
    secret = try CaseKeySecret.read(settings, folder)
  }

  var address: @Sendable (CaseID) -> String {
    { [base, secret] id in "\(base)/c/\(id)?k=\(CaseKey(of: id, under: secret).text)" }
  }
}
