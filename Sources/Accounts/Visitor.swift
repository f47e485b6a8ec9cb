/// Who sends a request.
package struct Visitor: Hashable, Sendable {
  package let account: Account
  /// `nil` for whom a key of the API or a trusted proxy speaks for.
  package let session: Session?
  /// What forms carry, in a hidden field that ``Doorkeeper/formField`` names, to show that they are of a page that this
  /// visitor was shown. Empty for a key of the API, which has no pages.
  package let formToken: String
  /// A key of the API speaks for them.
  package let isClient: Bool
  /// Whether they may change something, by what came with the request beside the form's token: the browser tells of no
  /// other site, or the key has the scope.
  let mayCommand: Bool
  /// The header that keeps the session going, when that is due.
  let renewal: String?
}
