package import EventLog
package import Time

/// The envelope of everything that travels on our topics: CloudEvents 1.0, written in Kafka's binary mode.
///
/// There attributes are headers `ce_…` and `content-type`, the data is the record's value, the partition key its key
/// (cloudevents/bindings/kafka-protocol-binding.md). Records in structured mode, where the value holds all, are read too.
package struct CloudEvent: Hashable, Sendable {
  package var id: String
  package var source: String
  package var type: String
  package var subject: String?
  package var time: GivenTime?
  /// Further attributes by name without `ce_`, such as `sequence` and `historic`.
  package var extensions: [String: String]
  package var dataContentType: String?
  package var data: [UInt8]?

  package init(
    id: String, source: String, type: String, subject: String? = nil, time: GivenTime? = nil,
    extensions: [String: String] = [:], dataContentType: String? = "application/json", data: [UInt8]? = nil
  ) {
    self.id = id
    self.source = source
    self.type = type
    self.subject = subject
    self.time = time
    self.extensions = extensions
    self.dataContentType = dataContentType
    self.data = data
  }

  /// Reads a record, in structured mode where its content type says so, else in binary mode. Headers that are not
  /// attributes (`traceparent`, …) stay with the record.
  ///
  /// - Throws: ``Rejection`` that names the attribute that is missing or broken.
  package init(_ record: Record) throws(Rejection) {
    let contentType = record.headers.last { $0.name.lowercased() == "content-type" }?.value
    let mediaType = contentType.map { Self.essence(of: String(decoding: $0, as: UTF8.self)) }
    if let mediaType, mediaType.hasPrefix("application/cloudevents") {
      guard mediaType == Self.jsonMediaType else {
        throw Rejection("header content-type: of structured modes only \(Self.jsonMediaType) is read")
      }
      guard let value = record.value else { throw Rejection("the value is missing") }
      try self.init(json: value)
    } else {
      try self.init(binary: record)
    }
  }

  private init(binary record: Record) throws(Rejection) {
    var attributes: [String: String] = [:]
    var contentType: String?
    for header in record.headers {
      let isAttribute = header.name.hasPrefix("ce_") && Self.isHeaderName(header.name.dropFirst(3))
      guard isAttribute || header.name.lowercased() == "content-type" else { continue }
      guard let value = header.value, let text = String(validating: value, as: UTF8.self) else {
        throw Rejection("header \(header.name) is not UTF-8 text")
      }
      if isAttribute { attributes[String(header.name.dropFirst(3))] = text } else { contentType = text }
    }
    func take(_ name: String) throws(Rejection) -> String {
      guard let value = attributes.removeValue(forKey: name), !value.isEmpty else {
        throw Rejection("header ce_\(name) is missing")
      }
      guard !Self.hasControlCharacter(value) else { throw Rejection("header ce_\(name) has a control character") }
      return value
    }
    let version = try take("specversion")
    guard version == "1.0" else { throw Rejection("header ce_specversion is not 1.0") }
    id = try take("id")
    source = try take("source")
    type = try take("type")
    subject = attributes.removeValue(forKey: "subject")
    if let text = attributes.removeValue(forKey: "time") {
      guard let time = GivenTime(text) else { throw Rejection("header ce_time is not a time of RFC 3339") }
      self.time = time
    }
    extensions = attributes
    dataContentType = contentType
    data = record.value
  }

  /// CloudEvents 1.0 allows none in an attribute.
  static func hasControlCharacter(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
  }

  private static func isHeaderName(_ name: Substring) -> Bool {
    isName(String(name)) && name != "data" && name != "datacontenttype"
  }

  /// As a record of that key, headers in a fixed order.
  package func record(key: [UInt8]?) -> Record {
    var headers = [
      Header("ce_specversion", "1.0"), Header("ce_id", id), Header("ce_source", source), Header("ce_type", type),
    ]
    if let subject { headers.append(Header("ce_subject", subject)) }
    if let time { headers.append(Header("ce_time", time.text)) }
    for (name, value) in extensions.sorted(by: { $0.key < $1.key }) { headers.append(Header("ce_" + name, value)) }
    if let dataContentType { headers.append(Header("content-type", dataContentType)) }
    return Record(key: key, value: data, headers: headers)
  }
}
