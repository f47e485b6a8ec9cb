/// Where attachments are kept: a folder, or a store of objects elsewhere.
///
/// What was kept stays, however often it is kept again; nothing is ever changed.
package protocol AttachmentStore: Sendable {
  /// Returns once it is durable.
  func keep(_ attachment: MediaFile) async throws(AttachmentStoreError)

  /// The contents, or nil if there are none of that name.
  func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]?
}

/// The store could not be used; the same may succeed later.
package struct AttachmentStoreError: Error, Hashable, CustomStringConvertible {
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }

  package var description: String { "attachments: " + reason }
}
