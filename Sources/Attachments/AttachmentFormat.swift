/// What a file is, by what is in it: its name and what the sender says of it are not asked.
package enum AttachmentFormat: String, Hashable, Sendable, CaseIterable {
  case jpeg, png, webp, gif, heic, mp4, quickTime, mp3, m4a, amr, ogg

  package enum Kind: Sendable { case picture, voice, video }

  /// Nil for every format that isn't taken.
  package init?(of contents: some RandomAccessCollection<UInt8>) {
    let head = Array(contents.prefix(64))
    func has(_ text: String, at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: text.utf8) }
    if head.starts(with: [0xff, 0xd8, 0xff]) {
      self = .jpeg
    } else if head.starts(with: PNGFile.signature) {
      self = .png
    } else if has("RIFF"), has("WEBP", at: 8) {
      self = .webp
    } else if has("GIF87a") || has("GIF89a") {
      self = .gif
    } else if has("#!AMR\n") || has("#!AMR-WB\n") {
      self = .amr
    } else if has("OggS\0") {
      self = .ogg
    } else if has("ID3") || MP3File.frameSize(head, at: 0) != nil {
      self = .mp3
    } else if has("ftyp", at: 4), let format = Self.format(ofBrands: head) {
      self = format
    } else {
      return nil
    }
  }

  /// By the major brand of an ISO base media file; of `mif1`, which says little, by those it is compatible with.
  private static func format(ofBrands head: [UInt8]) -> AttachmentFormat? {
    guard let size = head.bigEndian(4, at: 0), size >= 16 else { return nil }
    let end = min(size, head.count)
    let brands = stride(from: 8, to: end - 3, by: 4).filter { $0 != 12 }
      .map { String(decoding: head[$0..<$0 + 4], as: UTF8.self) }
    guard let major = brands.first else { return nil }
    switch major {
    case "heic", "heix", "heim", "heis": return .heic
    case "mif1": return brands.contains { $0 == "heic" || $0 == "heix" } ? .heic : nil
    case "qt  ": return .quickTime
    case "M4A ", "M4B ": return .m4a
    case "avc1", "dash", "isom", "mmp4", "mp41", "mp42", "MSNV": return .mp4
    default: return major.hasPrefix("iso") || major.hasPrefix("3gp") || major.hasPrefix("3g2") ? .mp4 : nil
    }
  }

  package var mediaType: String {
    switch self {
    case .jpeg: "image/jpeg"
    case .png: "image/png"
    case .webp: "image/webp"
    case .gif: "image/gif"
    case .heic: "image/heic"
    case .mp4: "video/mp4"
    case .quickTime: "video/quicktime"
    case .mp3: "audio/mpeg"
    case .m4a: "audio/mp4"
    case .amr: "audio/amr"
    case .ogg: "audio/ogg"
    }
  }

  /// Of a file's name, without the dot.
  package var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    case .quickTime: "mov"
    default: rawValue
    }
  }

  package var kind: Kind {
    switch self {
    case .jpeg, .png, .webp, .gif, .heic: .picture
    case .mp3, .m4a, .amr, .ogg: .voice
    case .mp4, .quickTime: .video
    }
  }

  /// The file without what it says of place, camera and author, or nil if it isn't whole and of this format.
  ///
  /// What is kept is named, all else goes: a new kind of note does not slip through.
  func stripped(_ contents: [UInt8]) -> [UInt8]? {
    switch self {
    case .jpeg: JPEGFile.stripped(contents)
    case .png: PNGFile.stripped(contents)
    case .webp: WebPFile.stripped(contents)
    case .gif: GIFFile.stripped(contents)
    case .heic: HEICFile.stripped(contents)
    case .mp4, .quickTime, .m4a: MovieFile.stripped(contents)
    case .mp3: MP3File.stripped(contents)
    case .amr: AMRFile.stripped(contents)
    case .ogg: OggFile.stripped(contents)
    }
  }
}
