import FoundationEssentials
import Time

/// The JSON format of CloudEvents 1.0 (cloudevents/formats/json-format.md): what a record holds in structured mode, and
/// the lines that are published and exported.
extension CloudEvent {
  static let jsonMediaType = "application/cloudevents+json"

  /// Reads one event.
  ///
  /// A member that is null counts as missing. `data` of a JSON media type (or of none) keeps its bytes; that of another
  /// is text, or stands in `data_base64`. Attributes that CloudEvents doesn't name become extensions; numbers and truth
  /// values become their text.
  /// - Throws: ``Rejection`` that names the attribute that is missing or broken; where it isn't JSON, the byte (the first
  ///   is 1).
  package init(json: [UInt8]) throws(Rejection) {
    var members: [String: ArraySlice<UInt8>] = [:]
    for member in try Self.members(of: json) {
      guard Self.isName(member.name) || member.name == "data_base64" else {
        throw Rejection("the name of an attribute is not made of a–z and 0–9")
      }
      guard members[member.name] == nil else { throw Rejection("attribute \(member.name) stands twice") }
      members[member.name] = member.value
    }
    members = members.filter { !$0.value.elementsEqual("null".utf8) }

    func text(_ name: String) throws(Rejection) -> String? {
      guard let value = members.removeValue(forKey: name) else { return nil }
      return try Self.text(value, of: name)
    }
    func required(_ name: String) throws(Rejection) -> String {
      guard let text = try text(name), !text.isEmpty else { throw Rejection("attribute \(name) is missing") }
      guard !Self.hasControlCharacter(text) else { throw Rejection("attribute \(name) has a control character") }
      return text
    }
    guard try required("specversion") == "1.0" else { throw Rejection("attribute specversion is not 1.0") }
    id = try required("id")
    source = try required("source")
    type = try required("type")
    subject = try text("subject")
    if let given = try text("time") {
      guard let time = GivenTime(given) else { throw Rejection("attribute time is not a time of RFC 3339") }
      self.time = time
    }
    dataContentType = try text("datacontenttype")
    let value = members.removeValue(forKey: "data")
    if let encoded = try text("data_base64") {
      guard value == nil else { throw Rejection("data and data_base64 exclude each other") }
      guard let decoded = Data(base64Encoded: encoded) else { throw Rejection("data_base64 is not base64") }
      data = Array(decoded)
    } else if let value {
      data = Self.isJSON(dataContentType) ? Array(value) : Array(try Self.text(value, of: "data").utf8)
    }
    if data != nil, dataContentType == nil { dataContentType = "application/json" }
    extensions = [:]
    for (name, value) in members { extensions[name] = try Self.plainText(value, of: name) }
  }

  /// This event on one line, without the line's end: its members in a fixed order, `data` last.
  ///
  /// Data of a JSON media type stand there as JSON, others as text if they are UTF-8; what is neither, as `data_base64`.
  package var jsonLine: [UInt8] {
    var line = Array(#"{"specversion":"1.0""#.utf8)
    func append(_ name: String, _ value: [UInt8]) {
      line += [UInt8(ascii: ",")] + JSONText.quoted(name) + [UInt8(ascii: ":")] + value
    }
    append("id", JSONText.quoted(id))
    append("source", JSONText.quoted(source))
    append("type", JSONText.quoted(type))
    if let subject { append("subject", JSONText.quoted(subject)) }
    if let time { append("time", JSONText.quoted(time.text)) }
    for (name, value) in extensions.sorted(by: { $0.key < $1.key }) { append(name, JSONText.quoted(value)) }
    if let dataContentType { append("datacontenttype", JSONText.quoted(dataContentType)) }
    guard let data else { return line + [UInt8(ascii: "}")] }
    if Self.isJSON(dataContentType) {
      let compact = JSONText.isValid(data) ? JSONText.compact(data) : nil
      // A plain null would be read as no data at all.
      if let compact, !compact.elementsEqual("null".utf8) {
        append("data", compact)
      } else {
        append("data_base64", JSONText.quoted(Data(data).base64EncodedString()))
      }
    } else if let text = String(validating: data, as: UTF8.self) {
      append("data", JSONText.quoted(text))
    } else {
      append("data_base64", JSONText.quoted(Data(data).base64EncodedString()))
    }
    return line + [UInt8(ascii: "}")]
  }

  /// Whether data of that media type are JSON: `…/json`, `…+json`, or no type given.
  private static func isJSON(_ mediaType: String?) -> Bool {
    guard let mediaType else { return true }
    let essence = essence(of: mediaType)
    return essence.hasSuffix("/json") || essence.hasSuffix("+json")
  }

  /// A media type without its parameters, in lower case.
  static func essence(of mediaType: String) -> String {
    String(mediaType.prefix { $0 != ";" && !$0.isWhitespace }).lowercased()
  }

  private static func members(of json: [UInt8]) throws(Rejection) -> [JSONText.Member] {
    do {
      return try JSONText.members(of: json)
    } catch {
      throw Rejection("not a CloudEvent in JSON: \(error.what), at byte \(error.byte)")
    }
  }

  static func isName(_ name: String) -> Bool {
    let isMadeOfLettersAndDigits = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    return isMadeOfLettersAndDigits && !name.isEmpty
  }

  private static func text(_ value: ArraySlice<UInt8>, of name: String) throws(Rejection) -> String {
    guard value.first == UInt8(ascii: "\"") else { throw Rejection("attribute \(name) is not text") }
    do {
      return try JSONText.string(value)
    } catch {
      throw Rejection("attribute \(name): \(error.what)")
    }
  }

  private static func plainText(_ value: ArraySlice<UInt8>, of name: String) throws(Rejection) -> String {
    switch value.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): throw Rejection("attribute \(name) is not a plain value")
    case UInt8(ascii: "\""): try text(value, of: name)
    default: String(decoding: value, as: UTF8.self)
    }
  }
}
