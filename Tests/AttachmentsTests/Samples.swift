import Foundation

/// Small files, made by hand, in which something private stands.
enum Samples {
  /// What must not be in anything that is shown.
  static let secret = "29.5628N-secret"

  static let exif: [UInt8] = {
    // A directory with an orientation and a text.
    let text = Array(secret.utf8) + [0]
    return Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 2]
      + [0x01, 0x0e, 0, 2, 0, 0, 0, UInt8(text.count), 0, 0, 0, 38] + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
      + [0, 0, 0, 0] + text
  }()

  static func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
    [0xff, marker] + big(data.count + 2, 2) + data
  }

  static let jpeg: [UInt8] =
    [0xff, 0xd8] + segment(0xe0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0]) + segment(0xe1, exif)
    + segment(0xe1, Array("http://ns.adobe.com/xap/1.0/\0\(secret)".utf8)) + segment(0xe2, Array("MPF\0\(secret)".utf8))
    + segment(0xed, Array("Photoshop 3.0\0\(secret)".utf8)) + segment(0xfe, Array(secret.utf8))
    + segment(0xdb, Array(repeating: 1, count: 65)) + segment(0xc0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0])
    + segment(0xda, [1, 1, 0, 0, 63, 0]) + [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]
    + Array("behind \(secret)".utf8)

  static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    big(data.count, 4) + Array(name.utf8) + data + [0, 0, 0, 0]
  }

  static let png: [UInt8] =
    [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10] + chunk("IHDR", Array(repeating: 1, count: 13))
    + chunk("tEXt", Array(secret.utf8)) + chunk("iTXt", Array(secret.utf8)) + chunk("zTXt", Array(secret.utf8))
    + chunk("eXIf", Array(secret.utf8)) + chunk("IDAT", [1, 2, 3]) + chunk("IEND", []) + Array(secret.utf8)

  static func riff(_ name: String, _ data: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little(data.count) + data + (data.count % 2 == 1 ? [0] : [])
  }

  static let webp: [UInt8] = {
    let chunks =
      riff("VP8X", [0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0]) + riff("VP8L", [0x2f, 1, 2])
      + riff("ANMF", Array(repeating: 0, count: 16) + riff("VP8L", [0x2f]) + riff("note", Array(secret.utf8)))
      + riff("EXIF", Array(secret.utf8)) + riff("XMP ", Array(secret.utf8))
    return Array("RIFF".utf8) + little(4 + chunks.count) + Array("WEBP".utf8) + chunks + Array(secret.utf8)
  }()

  static let gif: [UInt8] =
    Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6]
    + [0x21, 0xff, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
    + [0x21, 0xff, 11] + Array("XMP DataXMP".utf8) + [UInt8(secret.utf8.count)] + Array(secret.utf8) + [0]
    + [0x21, 0xfe, UInt8(secret.utf8.count)] + Array(secret.utf8) + [0] + [0x21, 0xf9, 4, 0, 0, 0, 0, 0]
    + [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0, 0x3b] + Array(secret.utf8)

  static func box(_ type: String, _ data: [UInt8]...) -> [UInt8] {
    let data = data.flatMap { $0 }
    return big(data.count + 8, 4) + Array(type.utf8) + data
  }

  /// A film with a track of pictures and one of places, whose samples lie at these offsets of the file.
  static func movie(brand: String = "isom") -> [UInt8] {
    func track(_ handler: String, sample: Int, size: Int) -> [UInt8] {
      let tables = box(
        "stbl", box("stsd", big(0, 8)), box("stsz", big(0, 4), big(size, 4), big(1, 4)),
        box("stsc", big(0, 4), big(1, 4), big(1, 4), big(1, 4), big(1, 4)),
        box("stco", big(0, 4), big(1, 4), big(sample, 4)))
      return box(
        "trak", box("tkhd", big(0, 8)), box("udta", Array(secret.utf8)),
        box(
          "mdia", box("mdhd", big(0, 8)), box("hdlr", big(0, 8), Array(handler.utf8), big(0, 12)),
          box("minf", box("nmhd"), tables), box("meta", Array(secret.utf8))))
    }
    let head = box("ftyp", Array(brand.utf8), big(0, 4)) + box("free", Array(secret.utf8))
    let media = Array("picture!".utf8) + Array(secret.utf8)
    let start = head.count + 8
    return head + box("mdat", media)
      + box(
        "moov", box("mvhd", big(0, 8)), track("vide", sample: start, size: 8),
        track("meta", sample: start + 8, size: secret.utf8.count), box("udta", box("©xyz", Array(secret.utf8))),
        box("meta", Array(secret.utf8)), box("uuid", Array(secret.utf8)))
      + box("uuid", Array(secret.utf8))
  }

  static let heic: [UInt8] = {
    func item(_ id: Int, _ type: String) -> [UInt8] {
      box("infe", [2, 0, 0, 0], big(id, 2), big(0, 2), Array(type.utf8), [0])
    }
    let media = Array("picture!".utf8) + Array(repeating: UInt8(7), count: 4) + Array(secret.utf8)
    let head = box("ftyp", Array("heic".utf8), big(0, 4), Array("mif1heic".utf8))
    func meta(_ start: Int) -> [UInt8] {
      func place(_ id: Int, _ offset: Int, _ length: Int, method: Int = 0) -> [UInt8] {
        big(id, 2) + big(method, 2) + big(0, 2) + big(1, 2) + big(offset, 4) + big(length, 4)
      }
      return box(
        "meta", big(0, 4), box("hdlr", big(0, 24)), box("pitm", big(0, 4), big(1, 2)),
        box("iinf", big(0, 4), big(3, 2), item(1, "hvc1"), item(2, "Exif"), item(3, "mime")),
        box(
          "iloc", [1, 0, 0, 0], [0x44, 0x00], big(3, 2), place(1, start, 8), place(2, start + 8, 4 + secret.utf8.count),
          place(3, 0, secret.utf8.count, method: 1)),
        box("idat", Array(secret.utf8)), box("xml ", Array(secret.utf8)))
    }
    let start = head.count + meta(0).count + 8
    return head + meta(start) + box("mdat", media)
  }()

  static let mp3: [UInt8] = {
    let frame: [UInt8] = [0xff, 0xfb, 0x90, 0x00] + Array(repeating: 5, count: 413)
    let tag = Array(secret.utf8)
    return Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, UInt8(tag.count)] + tag + frame + frame + Array("TAG\(secret)".utf8)
  }()

  static let amr: [UInt8] =
    Array("#!AMR\n".utf8) + [0x3c] + Array(repeating: 9, count: 31) + [0x7c] + Array("\u{7f}\(secret)".utf8)

  static let ogg: [UInt8] = {
    func page(_ sequence: Int, _ packet: [UInt8]) -> [UInt8] {
      Array("OggS\0\0".utf8) + little(0) + little(0) + little(77) + little(sequence) + little(0)
        + [1, UInt8(packet.count)] + packet
    }
    let comment = Array("LOCATION=\(secret)".utf8)
    let tags = Array("OpusTags".utf8) + little(4) + Array("test".utf8) + little(1) + little(comment.count) + comment
    return page(0, Array("OpusHead".utf8) + [1, 1]) + page(1, tags + Array(secret.utf8)) + page(2, [1, 2, 3])
      + Array(secret.utf8)
  }()

  static func big(_ number: Int, _ size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  static func little(_ number: Int) -> [UInt8] { big(number, 4).reversed() }

  static func holds(_ file: [UInt8], _ text: String = secret) -> Bool {
    Data(file).range(of: Data(text.utf8)) != nil
  }
}
