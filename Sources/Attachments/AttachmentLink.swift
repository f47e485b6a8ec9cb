package import Cases

/// The address under which a case's page shows one of its attachments: `/attachments/HASH?c=CASE&k=KEY&a=MARK`.
///
/// `k` is the case's key, and `a` an HMAC over case and hash under the same secret: it says that this attachment is that
/// case's, so that who has the key to one case cannot ask for the attachments of others, and nothing needs to be looked
/// up. Only who has the secret can make one: the pages of a case.
package struct AttachmentLink: Sendable {
  /// With the parameters.
  package let address: String

  package init(_ name: AttachmentName, of id: CaseID, under secret: CaseKey.Secret) {
    address =
      "\(name.url)?c=\(id)&k=\(CaseKey(of: id, under: secret).text)&a=\(Self.mark(name, id, secret))"
  }

  /// Nil where the opinion's attachment is not one of ours.
  package init?(url: String, of id: CaseID, under secret: CaseKey.Secret) {
    guard let name = AttachmentName(url: url) else { return nil }
    self.init(name, of: id, under: secret)
  }

  /// Whether these parameters open that attachment.
  static func opens(_ name: AttachmentName, _ query: [String: String], under secret: CaseKey.Secret) -> Bool {
    guard let id = CaseID(query["c"] ?? "") else { return false }
    let hasKey = CaseKey(of: id, under: secret).matches(query["k"] ?? "")
    return secret.verifies(query["a"] ?? "", purpose: purpose, message(name, id)) && hasKey
  }

  private static func mark(_ name: AttachmentName, _ id: CaseID, _ secret: CaseKey.Secret) -> String {
    secret.mark(purpose: purpose, message(name, id))
  }

  private static func message(_ name: AttachmentName, _ id: CaseID) -> String { "\(id)\n\(name)" }
  private static let purpose = "attachment"
}
