import Foundation
import FoundationXML

/// What a small XML document says: an element, its text and the elements in it. Attributes are passed over.
package struct ReceivedXML: Hashable, Sendable {
  /// What a document may be at most. The peer's messages are of a few hundred bytes, three elements deep.
  package struct Limits: Hashable, Sendable {
    package var bytes: Int
    package var depth: Int
    package var elements: Int

    package init(bytes: Int = 65_536, depth: Int = 8, elements: Int = 256) {
      self.bytes = bytes
      self.depth = depth
      self.elements = elements
    }
  }

  package enum Fault: Error, Hashable, Sendable {
    /// More bytes, depth or elements than the limits allow.
    case tooLarge
    /// Not UTF-8, or declared to be something else, or with a character that XML doesn't allow.
    case notUTF8
    /// A document type, which could declare entities, or a processing instruction.
    case declaration
    case malformed
  }

  package fileprivate(set) var name: String
  /// All characters that stand in the element itself, not in those within it.
  package fileprivate(set) var text = ""
  package fileprivate(set) var elements: [ReceivedXML] = []

  fileprivate init(name: String) {
    self.name = name
  }

  /// Nothing outside the bytes is ever looked at: what could refer to it is refused before the parser sees it.
  package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(Fault) {
    guard bytes.count <= limits.bytes else { throw .tooLarge }
    let screened = try XMLScreen.screened(bytes)
    let builder = Builder(limits: limits)
    let parser = XMLParser(data: Data(screened))
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    let isWhole = parser.parse()
    if let fault = builder.fault { throw fault }
    guard isWhole, let root = builder.root else { throw .malformed }
    self = root
  }

  /// The text of the first element of that name in this one.
  package subscript(name: String) -> String? { element(name)?.text }

  package func element(_ name: String) -> ReceivedXML? { elements.first { $0.name == name } }
}

private final class Builder: NSObject, XMLParserDelegate {
  private let limits: ReceivedXML.Limits
  private var open: [ReceivedXML] = []
  private var count = 0
  private(set) var root: ReceivedXML?
  private(set) var fault: ReceivedXML.Fault?

  init(limits: ReceivedXML.Limits) {
    self.limits = limits
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    guard fault == nil else { return }
    count += 1
    guard open.count < limits.depth, count <= limits.elements else {
      fault = .tooLarge
      parser.abortParsing()
      return
    }
    open.append(ReceivedXML(name: name))
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    guard fault == nil, let element = open.popLast() else { return }
    if open.isEmpty { root = element } else { open[open.count - 1].elements.append(element) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    append(string)
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    append(String(decoding: block, as: UTF8.self))
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    fault = fault ?? .malformed
  }

  private func append(_ text: String) {
    guard fault == nil, !open.isEmpty else { return }
    open[open.count - 1].text += text
  }
}
