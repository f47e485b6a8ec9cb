import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// XML as Foundation's parser reads it.
struct XMLTree: Equatable {
  var name: String
  var text = ""
  var children: [XMLTree] = []

  /// `nil` for what isn't well formed.
  init?(_ bytes: [UInt8]) {
    let reading = Reading()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reading
    guard parser.parse(), let root = reading.root else { return nil }
    self = root
  }

  fileprivate init(name: String) { self.name = name }

  subscript(name: String) -> XMLTree? { children.first { $0.name == name } }
}

private final class Reading: NSObject, XMLParserDelegate {
  var root: XMLTree?
  private var open: [XMLTree] = []

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { open.append(XMLTree(name: name)) }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !open.isEmpty { open[open.count - 1].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let ended = open.removeLast()
    if open.isEmpty { root = ended } else { open[open.count - 1].children.append(ended) }
  }
}
