package import Cases

/// The secret that the keys of the cases' pages are made with: given by the operator, or made once in the data folder.
package enum CaseKeySecret {
  package static func read(_ settings: Settings, _ folder: DataFolder) throws(SettingsError) -> CaseKey.Secret {
    let text = if let given = settings.caseKey { given } else { try folder.secret("case.key") }
    guard let secret = CaseKey.Secret(Array(text.utf8)) else {
      throw SettingsError("the secret of the case keys is too short")
    }
    return secret
  }
}
