/// A picture, voice or film as it may be kept and shown: of a known format, within its size, and without what its file
/// said of place, camera and author.
///
/// There is no original beside it: what nobody keeps nobody can lose.
package struct MediaFile: Sendable, Equatable {
  package let format: AttachmentFormat
  package let contents: [UInt8]

  /// Why a file isn't taken.
  package enum Refusal: Error, Hashable {
    case unknownFormat
    case tooLarge(limit: Int)
    /// Not whole, or made in a way in which what is personal cannot be found.
    case broken(AttachmentFormat)
  }

  /// The most bytes of a file.
  package struct Limits: Sendable {
    package var picture: Int
    package var other: Int

    package init(picture: Int = 10_000_000, other: Int = 20_000_000) {
      self.picture = picture
      self.other = other
    }

    package func size(of kind: AttachmentFormat.Kind) -> Int { kind == .picture ? picture : other }
  }

  package init(_ file: some RandomAccessCollection<UInt8>, limits: Limits = Limits()) throws(Refusal) {
    guard let format = AttachmentFormat(of: file) else { throw .unknownFormat }
    let limit = limits.size(of: format.kind)
    guard file.count <= limit else { throw .tooLarge(limit: limit) }
    guard let contents = format.stripped(Array(file)) else { throw .broken(format) }
    self.format = format
    self.contents = contents
  }

  package var name: AttachmentName { AttachmentName(of: contents) }
}
