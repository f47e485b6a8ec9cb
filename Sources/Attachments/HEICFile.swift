/// HEIC pictures (ISO/IEC 23008-12): items, of which `iinf` tells the type and `iloc` the place.
enum HEICFile {
  private static let top: Set<String> = ["ftyp", "meta", "mdat"]
  private static let meta: Set<String> = ["hdlr", "pitm", "iinf", "iloc", "iprp", "iref", "idat", "grpl", "dinf"]
  /// Coded pictures, and those made of others. Which way up one is stands in its properties.
  private static let kept: Set<String> = ["hvc1", "grid", "iden", "iovl", "tmap"]
  /// An Exif item that says nothing, for readers that expect one where `iinf` names it.
  private static let emptyExif: [UInt8] = [0, 0, 0, 0] + Array("MM\0*".utf8) + [0, 0, 0, 8, 0, 0, 0, 0, 0, 0]

  /// The same of XMP, which may be followed by blanks.
  private static func emptyXMP(_ size: Int) -> [UInt8] {
    let text = Array("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".utf8)
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: size)
    return text.count > size ? blanks : text + blanks.dropFirst(text.count)
  }

  /// Erases Exif, XMP and every other item that isn't a picture. Nil for a file that isn't whole, or places its items in
  /// a way that isn't understood: then what is personal could be anywhere.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    var file = BoxFile(file)
    guard let all = file.boxes(in: 0..<file.bytes.count) else { return nil }
    let boxes = file.keep(top, of: all)
    guard boxes.filter({ $0.type == "meta" }).count == 1, let metaBox = boxes.first(where: { $0.type == "meta" }),
      metaBox.data.count >= 4, let inMeta = file.boxes(in: metaBox.data.lowerBound + 4..<metaBox.data.upperBound)
    else { return nil }
    let parts = file.keep(meta, of: inMeta)
    guard let information = parts.first(where: { $0.type == "iinf" }), let types = types(information, of: file),
      let location = parts.first(where: { $0.type == "iloc" }),
      let places = ItemPlaces(location, data: parts.first { $0.type == "idat" }?.data, of: file),
      types.values.contains(where: kept.contains)
    else { return nil }
    for (item, ranges) in places.ranges {
      // One that has a place and no type is nobody's.
      let type = types[item] ?? ""
      guard !kept.contains(type) else { continue }
      for (index, range) in ranges.enumerated() {
        let head =
          switch type {
          case "Exif" where index == 0: emptyExif
          case "mime" where ranges.count == 1: emptyXMP(range.count)
          default: [UInt8]()
          }
        guard file.erase(range, head: head) else { return nil }
      }
    }
    return file.bytes
  }

  private static func types(_ box: BoxFile.Box, of file: BoxFile) -> [Int: String]? {
    let bytes = file.bytes
    guard box.data.count >= 6 else { return nil }
    let start = box.data.lowerBound + (bytes[box.data.lowerBound] == 0 ? 6 : 8)
    guard start <= box.data.upperBound, let entries = file.boxes(in: start..<box.data.upperBound) else { return nil }
    var types: [Int: String] = [:]
    for entry in entries where entry.type == "infe" {
      let data = entry.data
      guard data.count >= 4, bytes[data.lowerBound] == 2 || bytes[data.lowerBound] == 3 else { return nil }
      let size = bytes[data.lowerBound] == 2 ? 2 : 4
      guard data.count >= 10 + size, let item = bytes.bigEndian(size, at: data.lowerBound + 4) else { return nil }
      let type = data.lowerBound + 6 + size
      types[item] = String(decoding: bytes[type..<type + 4], as: UTF8.self)
    }
    return types
  }
}
