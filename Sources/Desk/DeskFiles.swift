import Attachments

/// The files that go with a reply.
enum DeskFiles {
  /// How many.
  static let limit = 9
  static let limits = MediaFile.Limits()

  static func text(of fault: FormFiles.Fault) -> Phrase {
    switch fault {
    case .tooMany(let limit): Phrase("附件最多 \(limit) 个。", "At most \(limit) files.")
    case .refused(let number, .unknownFormat):
      Phrase("第 \(number) 个附件的格式不能接受。", "File \(number) is of a format that is not taken.")
    case .refused(let number, .tooLarge(let limit)):
      Phrase("第 \(number) 个附件超过 \(limit / 1_000_000) MB。", "File \(number) is larger than \(limit / 1_000_000) MB.")
    case .refused(let number, .broken):
      Phrase("第 \(number) 个附件已损坏，请换一个。", "File \(number) is broken. Choose another.")
    }
  }
}
