import HTTPValues

/// One of the protocol's two formats.
enum Format: String {
  case xml, json

  /// Takes the format off the end of a path's last part: `requests.json`.
  /// - Parameter accept: decides where the path says nothing. JSON has to be wanted more than XML, the protocol's own choice.
  static func split(_ last: String, accept: String?) -> (name: String, format: Format) {
    for format in [Format.xml, .json] {
      let ending = "." + format.rawValue
      if last.hasSuffix(ending), last.utf8.count > ending.utf8.count {
        return (String(last.dropLast(ending.count)), format)
      }
    }
    let wanted = Preference(accept)
    let xml = max(wanted.weight(of: "text/xml"), wanted.weight(of: "application/xml"))
    return (last, wanted.weight(of: "application/json") > xml ? .json : .xml)
  }

  var mediaType: String {
    switch self {
    case .xml: "text/xml; charset=utf-8"
    case .json: "application/json"
    }
  }
}
