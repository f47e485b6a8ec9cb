/// A setting that can't be followed: which variable (or file and line), and what is wrong with it.
package struct SettingsError: Error, Hashable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
