/// MP4, 3GP, M4A and QuickTime films.
///
/// The place where a film was taken stands in user data, in metadata boxes, or in a track of its own that tells it for
/// each moment. All boxes but those that a player needs are erased, and so is each track that is neither picture nor
/// sound, with its samples.
enum MovieFile {
  private static let top: Set<String> = [
    "ftyp", "styp", "moov", "mdat", "moof", "mfra", "sidx", "ssix", "prft", "pdin",
  ]
  private static let movie: Set<String> = ["mvhd", "iods", "trak", "mvex"]
  private static let track: Set<String> = ["tkhd", "tref", "edts", "mdia", "tapt"]
  private static let media: Set<String> = ["mdhd", "hdlr", "minf", "elng"]
  private static let information: Set<String> = ["vmhd", "smhd", "nmhd", "gmhd", "hdlr", "dinf", "stbl"]
  private static let samples: Set<String> = [
    "stsd", "stts", "ctts", "cslg", "stss", "stps", "stsc", "stsz", "stz2", "stco", "co64", "sdtp", "sbgp", "sgpd",
    "subs",
    "saiz", "saio",
  ]
  private static let fragment: Set<String> = ["mfhd", "traf"]
  private static let trackFragment: Set<String> = [
    "tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio", "senc",
  ]

  /// Nil for a file that isn't whole, has no picture or sound, or a track whose samples cannot be found.
  static func stripped(_ file: [UInt8]) -> [UInt8]? {
    var file = BoxFile(file)
    guard let all = file.boxes(in: 0..<file.bytes.count) else { return nil }
    var shown = 0
    var other = 0
    var isFragmented = false
    for box in file.keep(top, of: all) {
      switch box.type {
      case "moov":
        guard let boxes = file.boxes(in: box.data) else { return nil }
        for part in file.keep(movie, of: boxes) where part.type == "trak" {
          guard let isShown = strip(track: part, of: &file) else { return nil }
          if isShown { shown += 1 } else { other += 1 }
        }
      case "moof":
        isFragmented = true
        guard let boxes = file.boxes(in: box.data) else { return nil }
        for part in file.keep(fragment, of: boxes) where part.type == "traf" {
          guard let parts = file.boxes(in: part.data) else { return nil }
          _ = file.keep(trackFragment, of: parts)
        }
      default: break
      }
    }
    // Fragments hold the samples of all tracks together.
    guard shown > 0, other == 0 || !isFragmented else { return nil }
    return file.bytes
  }

  /// Whether it is picture or sound; if not, it is gone. Nil if it cannot be read.
  private static func strip(track box: BoxFile.Box, of file: inout BoxFile) -> Bool? {
    guard let parts = file.boxes(in: box.data), let mediaBox = parts.first(where: { $0.type == "mdia" }),
      let inMedia = file.boxes(in: mediaBox.data), let handler = inMedia.first(where: { $0.type == "hdlr" }),
      handler.data.count >= 12, let inside = inMedia.first(where: { $0.type == "minf" }),
      let inInformation = file.boxes(in: inside.data),
      let table = inInformation.first(where: { $0.type == "stbl" }), let tables = file.boxes(in: table.data)
    else { return nil }
    let kind = handler.data.lowerBound + 8
    guard file.bytes.has("vide", at: kind) || file.bytes.has("soun", at: kind) else {
      guard let places = SamplePlaces(tables, of: file) else { return nil }
      for place in places.ranges { guard file.erase(place) else { return nil } }
      file.erase(box)
      return false
    }
    for (boxes, types) in [(parts, track), (inMedia, media), (inInformation, information), (tables, samples)] {
      _ = file.keep(types, of: boxes)
    }
    return true
  }
}
