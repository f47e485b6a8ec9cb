import Cases

/// What a citizen typed into the form, and what is wrong with it.
struct OpinionSheet: Equatable {
  enum Field: String { case text, files, place, contact, name }

  /// In characters, as a form counts them: UTF-16 units.
  enum Limit {
    static let text = 5000
    static let place = 200
    static let name = 50
    static let contact = 254
  }

  var text = ""
  var category = ""
  var place = ""
  var isNamed = false
  var contact = ""
  var name = ""
  var location: Location?

  init(category: String = "") {
    self.category = category
  }

  /// Takes line breaks as one character each, and leaves out other control characters.
  init(fields: [String: String]) {
    func field(_ name: String) -> String { Self.clean(fields[name] ?? "") }
    text = field("text")
    category = field("category")
    place = Self.trimmed(field("place"))
    isNamed = fields["who"] == "named"
    contact = Self.plainDigits(Self.trimmed(field("contact")))
    name = Self.trimmed(field("name"))
    if let latitude = Double(fields["latitude"] ?? ""), let longitude = Double(fields["longitude"] ?? "") {
      let location = Location(latitude: latitude, longitude: longitude)
      self.location = location.isOnEarth ? location : nil
    }
  }

  /// In the order of the form.
  func faults(_ words: PhoneWords) -> [(field: Field, text: String)] {
    var faults: [(field: Field, text: String)] = []
    if Self.trimmed(text).isEmpty {
      faults.append((.text, words.textMissing))
    } else if text.utf16.count > Limit.text {
      faults.append((.text, PhoneWords.fill(words.textTooLong, "\(Limit.text)")))
    }
    if place.utf16.count > Limit.place {
      faults.append((.place, PhoneWords.fill(words.placeTooLong, "\(Limit.place)")))
    }
    guard isNamed else { return faults }
    if contact.isEmpty {
      faults.append((.contact, words.contactMissing))
    } else if !isPhone && !isEmail {
      faults.append((.contact, words.contactWrong))
    }
    if name.utf16.count > Limit.name {
      faults.append((.name, PhoneWords.fill(words.nameTooLong, "\(Limit.name)")))
    }
    return faults
  }

  /// Whoever stays anonymous is not known, whatever stands in the fields for those who don't.
  var citizen: Citizen {
    guard isNamed else { return Citizen() }
    return Citizen(
      name: name.isEmpty ? nil : name, phone: isPhone ? contact : nil, email: isEmail ? contact : nil,
      anonymous: false)
  }

  /// 5 to 20 digits, in the ways in which people write them.
  private var isPhone: Bool {
    let digits = contact.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    let signs = Set("0123456789+-() ".utf8)
    return (5...20).contains(digits) && contact.utf8.count <= 40 && contact.utf8.allSatisfy(signs.contains)
  }

  private var isEmail: Bool {
    let parts = contact.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !parts[1].hasPrefix(".")
      && !parts[1].hasSuffix(".") && contact.utf16.count <= Limit.contact
      && !contact.contains { $0.isWhitespace || "<>\"',;:\\()[]".contains($0) }
  }

  static func clean(_ text: String) -> String {
    let text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    var result = String.UnicodeScalarView()
    result.append(
      contentsOf: text.unicodeScalars.filter { scalar in
        scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
      })
    return String(result)
  }

  private static func trimmed(_ text: String) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// Phones with a Chinese keyboard write full-width digits and signs.
  private static func plainDigits(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isWide = (0xff01...0xff5e).contains(scalar.value)
      result.append(isWide ? Unicode.Scalar(scalar.value - 0xfee0) ?? scalar : scalar)
    }
    return String(result)
  }
}
