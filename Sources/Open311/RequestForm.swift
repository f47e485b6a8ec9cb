import Cases

/// The form of `POST requests`, as an opinion of the channel `open311`.
///
/// Of where it is, one is needed: `lat` with `long`, `address_string` or `address_id`. `device_id` and `jurisdiction_id`
/// may be there and are not kept; no service has attributes, so none are read.
struct RequestForm {
  /// Names the field, never its contents.
  struct Fault: Error, Equatable {
    let isUnknownService: Bool
    let description: String
  }

  let opinion: Opinion

  /// - Parameter client: the name of the API key, whose accounts `account_id` counts.
  init(_ fields: [String: String], catalogue: ServiceCatalogue, client: String) throws(Fault) {
    func text(_ name: String, upTo limit: Int) throws(Fault) -> String? {
      let value = (fields[name] ?? "").trimmed
      guard value.unicodeScalars.count <= limit else {
        throw Fault(isUnknownService: false, description: "\(name) has more than \(limit) characters.")
      }
      return value.isEmpty ? nil : value
    }
    guard let code = try text("service_code", upTo: 64) else {
      throw Fault(isUnknownService: false, description: "service_code is missing.")
    }
    guard let service = catalogue.service(code) else {
      throw Fault(isUnknownService: true, description: "There is no service with this service_code.")
    }
    let location = try Self.location(try text("lat", upTo: 32), try text("long", upTo: 32))
    let address = try text("address_string", upTo: 1000)
    let addressID = try text("address_id", upTo: 200)
    guard location != nil || address != nil || addressID != nil else {
      throw Fault(
        isUnknownService: false, description: "One of lat with long, address_string and address_id is needed.")
    }
    let description = try text("description", upTo: 100_000)
    let name = Self.name(first: try text("first_name", upTo: 100), last: try text("last_name", upTo: 100))
    let email = try text("email", upTo: 254)
    guard email?.contains("@") != false else {
      throw Fault(isUnknownService: false, description: "email is not an address.")
    }
    let phone = try text("phone", upTo: 40)
    let account = try text("account_id", upTo: 200)
    var citizen = Citizen(
      id: account.map { "open311/\(client)/\($0)" }, name: name, phone: phone,
      anonymous: name == nil && email == nil && phone == nil)
    citizen.email = email
    var opinion = Opinion(
      channel: "open311", title: description == nil ? service.name : nil, text: description ?? "",
      address: address ?? addressID, citizen: citizen,
      attachments: try text("media_url", upTo: 2000).map { url throws(Fault) in [try Self.attachment(url)] })
    opinion.category = service.category
    opinion.subcategory = service.subcategory
    opinion.location = location
    self.opinion = opinion
  }

  private static func location(_ latitude: String?, _ longitude: String?) throws(Fault) -> Location? {
    if latitude == nil, longitude == nil { return nil }
    guard let latitude = latitude.flatMap(degrees), let longitude = longitude.flatMap(degrees),
      (-90...90).contains(latitude), (-180...180).contains(longitude)
    else { throw Fault(isUnknownService: false, description: "lat and long are not degrees of WGS 84.") }
    return Location(latitude: latitude, longitude: longitude)
  }

  /// A decimal number; no other notation that a machine knows.
  private static func degrees(_ text: String) -> Double? {
    text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(text) : nil
  }

  /// 张三 is written without a space, family name first.
  private static func name(first: String?, last: String?) -> String? {
    guard let first, let last else { return first ?? last }
    let isHan = (first + last).unicodeScalars.allSatisfy { $0.properties.isIdeographic }
    return isHan ? last + first : first + " " + last
  }

  private static func attachment(_ url: String) throws(Fault) -> Opinion.Attachment {
    let lower = url.lowercased()
    let rest = lower.hasPrefix("https://") ? lower.dropFirst(8) : lower.hasPrefix("http://") ? lower.dropFirst(7) : ""
    let isClean = url.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
    guard isClean, !rest.isEmpty, !rest.hasPrefix("/") else {
      throw Fault(isUnknownService: false, description: "media_url is not an http or https address.")
    }
    let ending = rest.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").last?.split(separator: ".").last
    return Opinion.Attachment(
      url: url, mediaType: ending.flatMap { mediaTypes[String($0)] } ?? "application/octet-stream")
  }

  private static let mediaTypes = [
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "heic": "image/heic", "mp4": "video/mp4", "mp3": "audio/mpeg", "amr": "audio/amr", "pdf": "application/pdf",
  ]
}

extension String {
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.prefix(start.reversed().drop { $0.isWhitespace }.count))
  }
}
