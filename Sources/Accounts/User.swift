import Cases

/// One who may sign in: a line of the file of users.
package struct User: Hashable, Sendable {
  package let account: Account
  /// `nil` for one whom only a trusted proxy can name.
  package let password: PasswordHash?
  /// Of the file; the first is 1.
  package let line: Int?

  package init(_ account: Account, password: PasswordHash?, line: Int? = nil) {
    self.account = account
    self.password = password
    self.line = line
  }

  /// What sessions are bound to: when it changes, they end. Stays on this side.
  var stamp: String {
    "\(account.role.rawValue)\n\(account.holder ?? "")\n\(password?.text ?? "")"
  }
}
