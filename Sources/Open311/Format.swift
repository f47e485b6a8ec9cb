/// One of the protocol's two formats.
enum Format: String {
  case xml, json

  /// Takes the format off the end of a path's last part: `requests.json`.
  /// - Parameter accept: decides where the path says nothing; XML is the protocol's own choice.
  static func split(_ last: String, accept: String?) -> (name: String, format: Format) {
    for format in [Format.xml, .json] {
      let ending = "." + format.rawValue
      if last.hasSuffix(ending), last.utf8.count > ending.utf8.count {
        return (String(last.dropLast(ending.count)), format)
      }
    }
    return (last, preferred(accept))
  }

  private static func preferred(_ accept: String?) -> Format {
    let types = (accept ?? "").lowercased().split(separator: ",").map { type in
      type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
    }
    let json = types.firstIndex { $0 == "application/json" }
    let xml = types.firstIndex { $0 == "text/xml" || $0 == "application/xml" }
    guard let json else { return .xml }
    return xml.map { $0 < json ? .xml : .json } ?? .json
  }

  var mediaType: String {
    switch self {
    case .xml: "text/xml; charset=utf-8"
    case .json: "application/json"
    }
  }
}
