/// A body of `multipart/form-data` (RFC 7578, with the boundaries of RFC 2046), taken apart in one pass.
///
/// What a file is called and which type it claims to be are not read: see ``AttachmentFormat``.
package struct MultipartForm: Sendable {
  package struct Part: Sendable, Equatable {
    package let name: String
    package let isFile: Bool
    /// Shares the body's memory.
    package let contents: ArraySlice<UInt8>
  }

  /// Why a body cannot be taken apart. It repeats nothing of it.
  package enum Fault: Error, Equatable {
    /// The content type isn't `multipart/form-data` with a boundary of 1 to 70 of the characters allowed there.
    case noBoundary
    /// No part, or the last one has no end: the connection broke.
    case unfinished
    /// The header lines of a part aren't what a form sends, or are longer than ``MultipartForm/maximumHeader``.
    case malformedPart
    /// Further parts than ``MultipartForm/maximumParts``.
    case tooManyParts
    /// A part that isn't a file holds other than UTF-8.
    case notText
  }

  package static let maximumParts = 64
  /// Bytes of a part's header lines together.
  package static let maximumHeader = 4096

  /// In the order in which they came.
  package let parts: [Part]

  /// - Parameter contentType: The header's value, with the boundary.
  package init(_ body: [UInt8], contentType: String) throws(Fault) {
    guard let header = HeaderParameters(contentType), header.value == "multipart/form-data",
      let boundary = header.parameters["boundary"].map({ Array($0.utf8) }), Self.isBoundary(boundary)
    else { throw .noBoundary }
    let delimiter = Array("\r\n--".utf8) + boundary
    var parts: [Part] = []
    // The first delimiter may stand at the very beginning, without its line break.
    var next = Self.delimiter(delimiter, opening: body) ?? Self.delimiter(delimiter, in: body, from: 0)
    while let opened = next, !opened.isLast {
      guard let found = Self.delimiter(delimiter, in: body, from: opened.end) else { throw .unfinished }
      guard parts.count < Self.maximumParts else { throw .tooManyParts }
      parts.append(try Self.part(of: body, opened.end..<max(opened.end, found.start)))
      next = found
    }
    guard next != nil else { throw .unfinished }
    self.parts = parts
  }

  /// The fields that aren't files, each with its last value.
  package func fields() throws(Fault) -> [String: String] {
    var fields: [String: String] = [:]
    for part in parts where !part.isFile {
      guard let text = String(validating: part.contents, as: UTF8.self) else { throw .notText }
      fields[part.name] = text
    }
    return fields
  }

  /// The files of that field. A browser sends an empty one where none was chosen; it is left out.
  package func files(named name: String) -> [ArraySlice<UInt8>] {
    parts.filter { $0.isFile && $0.name == name && !$0.contents.isEmpty }.map(\.contents)
  }

  private struct Delimiter {
    let start: Int
    /// Where the header lines of the part behind it begin: one line break before them, so that a part without any is
    /// read like the others.
    let end: Int
    let isLast: Bool
  }

  private static func delimiter(_ delimiter: [UInt8], opening body: [UInt8]) -> Delimiter? {
    guard body.starts(with: delimiter.dropFirst(2)) else { return nil }
    return lineEnd(in: body, from: delimiter.count - 2).map { Delimiter(start: 0, end: $0.end, isLast: $0.isLast) }
  }

  /// Linear: a delimiter has a carriage return at its beginning only, so no byte is compared twice.
  private static func delimiter(_ delimiter: [UInt8], in body: [UInt8], from start: Int) -> Delimiter? {
    var at = start
    while let found = body[at...].firstIndex(of: carriageReturn) {
      var matched = 1
      while matched < delimiter.count, found + matched < body.count, body[found + matched] == delimiter[matched] {
        matched += 1
      }
      if matched == delimiter.count, let line = lineEnd(in: body, from: found + matched) {
        return Delimiter(start: found, end: line.end, isLast: line.isLast)
      }
      at = found + matched
    }
    return nil
  }

  /// What may follow a boundary: two hyphens if it is the last, blanks, and the end of the line. Nil for anything else: it
  /// was a longer word.
  private static func lineEnd(in body: [UInt8], from start: Int) -> (end: Int, isLast: Bool)? {
    let isLast = body[start...].starts(with: [hyphen, hyphen])
    var at = isLast ? start + 2 : start
    while at < body.count, body[at] == UInt8(ascii: " ") || body[at] == UInt8(ascii: "\t") { at += 1 }
    if isLast, at == body.count { return (at, true) }
    return body[at...].starts(with: lineBreak) ? (at, isLast) : nil
  }

  private static func part(of body: [UInt8], _ range: Range<Int>) throws(Fault) -> Part {
    var at = range.lowerBound
    var disposition: HeaderParameters?
    while true {
      guard body[at..<range.upperBound].starts(with: lineBreak) else { throw .malformedPart }
      at += 2
      let limit = min(range.upperBound, range.lowerBound + maximumHeader)
      guard at <= limit else { throw .malformedPart }
      if body[at..<range.upperBound].starts(with: lineBreak) { break }
      guard let end = body[at..<limit].firstIndex(of: carriageReturn) else { throw .malformedPart }
      let line = String(decoding: body[at..<end], as: UTF8.self)
      let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, let first = halves[0].first, first != " ", first != "\t" else { throw .malformedPart }
      switch halves[0].lowercased() {
      case "content-disposition": disposition = HeaderParameters(String(halves[1]))
      case "content-transfer-encoding":
        let encoding = HeaderParameters(String(halves[1]))?.value ?? ""
        guard ["7bit", "8bit", "binary"].contains(encoding) else { throw .malformedPart }
      default: break
      }
      at = end
    }
    guard let disposition, disposition.value == "form-data", let name = disposition.parameters["name"] else {
      throw .malformedPart
    }
    let isFile = disposition.parameters["filename"] != nil || disposition.parameters["filename*"] != nil
    return Part(name: name, isFile: isFile, contents: body[(at + 2)..<range.upperBound])
  }

  /// RFC 2046, 5.1.1.
  private static func isBoundary(_ text: [UInt8]) -> Bool {
    (1...70).contains(text.count) && text.last != UInt8(ascii: " ")
      && text.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: boundarySigns.contains(byte)
        }
      }
  }

  private static let boundarySigns = Set("'()+_,-./:=? ".utf8)
  private static let lineBreak: [UInt8] = [13, 10]
  private static let carriageReturn: UInt8 = 13
  private static let hyphen = UInt8(ascii: "-")
}
