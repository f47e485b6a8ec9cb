/// Why a backup can't be made or brought back: what and where, for the operator.
package struct BackupFailure: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
