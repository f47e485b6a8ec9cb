package import Cases

/// The body of `POST /opinions`: an ``Opinion`` that may leave out its channel (then `web`) and its citizen (then
/// anonymous). Fields that it doesn't know are ignored.
package struct OpinionForm: Sendable {
  package let opinion: Opinion

  /// The longest that a code or the name of a category may be, in characters.
  static let maximumName = 64

  private struct Fields: Decodable {
    var channel: String?
    var title: String?
    var text: String
    var code: String?
    var category: String?
    var subcategory: String?
    var address: String?
    var location: Location?
    var citizen: Citizen?
    var attachments: [Opinion.Attachment]?
  }

  /// - Throws: ``Malformed`` that names the field by its path in the body, never its contents.
  package init(body: [UInt8]) throws(Malformed) {
    do {
      if let opinion = OrdinaryOpinion.read(body) {
        self.opinion = opinion
      } else {
        self = try JSONData.decode(Self.self, from: body)
      }
      try opinion.check()
      try checkNames()
    } catch {
      throw Self.asBody(error)
    }
  }

  private func checkNames() throws(Malformed) {
    for (name, value) in [("code", opinion.code), ("category", opinion.category), ("subcategory", opinion.subcategory)]
    {
      guard (value?.unicodeScalars.count ?? 0) <= Self.maximumName else {
        throw Malformed("data.\(name) has more than \(Self.maximumName) characters")
      }
    }
  }

  /// The contract calls an opinion `data`; whoever posts it calls it the body.
  /// - Parameter path: where in the body the opinion stands, such as `data.3`.
  private static func asBody(_ error: Malformed, at path: String = "data", named name: String = "the body") -> Malformed
  {
    if error.reason.hasPrefix(path + ".") { return Malformed(String(error.reason.dropFirst(path.count + 1))) }
    if error.reason.hasPrefix(path + " ") { return Malformed(name + error.reason.dropFirst(path.count)) }
    return error
  }
}

extension OpinionForm: Decodable {
  /// Unchecked.
  package init(from decoder: any Decoder) throws {
    let fields = try Fields(from: decoder)
    opinion = Opinion(
      channel: fields.channel ?? "web", title: fields.title, text: fields.text, code: fields.code,
      category: fields.category, subcategory: fields.subcategory, address: fields.address, location: fields.location,
      citizen: fields.citizen ?? Citizen(), attachments: fields.attachments)
  }
}

extension OpinionForm {
  /// An entry of a list: a form, or what is wrong with it.
  struct Entry: Decodable {
    let form: Result<OpinionForm, Malformed>

    init(from decoder: any Decoder) throws {
      do {
        let read = try OpinionForm(from: decoder)
        try read.opinion.check()
        try read.checkNames()
        form = .success(read)
      } catch let error as DecodingError {
        let path = (["data"] + decoder.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue })
        form = .failure(asBody(Malformed(error), at: path.joined(separator: "."), named: "the opinion"))
      } catch let error as Malformed {
        form = .failure(asBody(error, named: "the opinion"))
      }
    }
  }
}
