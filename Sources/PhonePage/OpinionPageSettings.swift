package import Attachments
package import Cases

/// What the form shows and takes.
package struct OpinionPageSettings: Sendable {
  /// What stands before `/c/…` in the address that a citizen keeps, such as `https://example.org`; empty where nothing is
  /// known of it: then the page has a link and no QR code.
  package var publicAddress: String
  /// The one in force, asked for with each page.
  package var directory: @Sendable () -> Directory
  /// The first-level categories to choose from; none, and the page doesn't ask.
  package var categories: [String]
  package var attachments: MediaFile.Limits
  /// How many files an opinion may have.
  package var fileLimit: Int
  /// How long a form may be open before it asks to be sent once more.
  package var formAge: Duration

  package init(
    publicAddress: String = "", directory: @escaping @Sendable () -> Directory, categories: [String] = [],
    attachments: MediaFile.Limits = MediaFile.Limits(), fileLimit: Int = 9, formAge: Duration = .seconds(12 * 3600)
  ) {
    self.publicAddress = publicAddress.hasSuffix("/") ? String(publicAddress.dropLast()) : publicAddress
    self.directory = directory
    self.categories = categories
    self.attachments = attachments
    self.fileLimit = fileLimit
    self.formAge = formAge
  }
}
