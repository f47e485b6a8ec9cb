package import Cases

/// The body of `POST /opinions`: an ``Opinion`` that may leave out its channel (then `web`) and its citizen (then
/// anonymous). Fields that it doesn't know are ignored.
package struct OpinionForm: Sendable {
  package let opinion: Opinion

  private struct Fields: Decodable {
    var channel: String?
    var title: String?
    var text: String
    var code: String?
    var address: String?
    var citizen: Citizen?
    var attachments: [Opinion.Attachment]?
  }

  /// - Throws: ``Malformed`` that names the field by its path in the body, never its contents.
  package init(body: [UInt8]) throws(Malformed) {
    do {
      let fields = try JSONData.decode(Fields.self, from: body)
      opinion = Opinion(
        channel: fields.channel ?? "web", title: fields.title, text: fields.text, code: fields.code,
        address: fields.address, citizen: fields.citizen ?? Citizen(), attachments: fields.attachments)
      try opinion.check()
    } catch {
      throw Self.asBody(error)
    }
  }

  /// The contract calls an opinion `data`; whoever posts it calls it the body.
  private static func asBody(_ error: Malformed) -> Malformed {
    if error.reason.hasPrefix("data.") { return Malformed(String(error.reason.dropFirst("data.".count))) }
    if error.reason.hasPrefix("data ") { return Malformed("the body " + error.reason.dropFirst("data ".count)) }
    return error
  }
}
