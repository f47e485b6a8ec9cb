import Cases

/// What the template `form` is filled with.
struct FormPage {
  struct Fact {
    let label: String
    let value: String
  }

  struct Fault {
    let field: String
    let text: String
  }

  struct Category {
    let name: String
    let isChosen: Bool
  }

  let w: PhoneWords
  let style = PhoneStyle.text
  let script = PhoneScript.text
  let refresh: String? = nil
  let title: String
  let under: String?
  let notice: String?
  let trouble: String?
  let hasFaults: Bool
  let faultsTitle: String
  let faults: [Fault]
  let textFault, filesFault, placeFault, contactFault, nameFault: String?
  let action: String
  let formToken: String
  let kept: String
  let keptText: String?
  let text, place, contact, name, latitude, longitude: String
  let isNamed: Bool
  let categories: [Category]
  let hasCategories: Bool
  let filesHint: String
  let profile: [Fact]
  let hasProfile: Bool
  let textLimit = OpinionSheet.Limit.text
  let placeLimit = OpinionSheet.Limit.place
  let nameLimit = OpinionSheet.Limit.name

  /// - Parameters:
  ///   - trouble: what is wrong with none of the fields.
  ///   - kept: as the form carries it.
  init(
    _ words: PhoneWords, _ addressee: Addressee, dutyTimes: String?, categories names: [String], action: String,
    formToken: String, sheet: OpinionSheet, kept: (text: String, count: Int) = ("", 0), fileLimit: Int,
    faults found: [(field: OpinionSheet.Field, text: String)] = [], trouble: String? = nil
  ) {
    func fault(_ field: OpinionSheet.Field) -> String? { found.first { $0.field == field }?.text }
    w = words
    title = addressee.title(words)
    under = addressee.under
    notice = addressee.notice(words)
    self.trouble = trouble
    faults = found.map { Fault(field: $0.field.rawValue, text: $0.text) }
    hasFaults = !faults.isEmpty
    faultsTitle = faults.count == 1 ? words.oneFault : PhoneWords.fill(words.someFaults, "\(faults.count)")
    textFault = fault(.text)
    filesFault = fault(.files)
    placeFault = fault(.place)
    contactFault = fault(.contact)
    nameFault = fault(.name)
    self.action = action
    self.formToken = formToken
    self.kept = kept.text
    keptText = kept.count == 0 ? nil : PhoneWords.fill(words.keptFiles, "\(kept.count)")
    text = sheet.text
    place = sheet.place
    contact = sheet.contact
    name = sheet.name
    latitude = sheet.location.map { "\($0.latitude)" } ?? ""
    longitude = sheet.location.map { "\($0.longitude)" } ?? ""
    isNamed = sheet.isNamed
    categories = names.map { Category(name: $0, isChosen: $0 == sheet.category) }
    hasCategories = !categories.isEmpty
    filesHint = PhoneWords.fill(words.filesHint, "\(fileLimit)")
    profile = addressee.profile(words, dutyTimes: dutyTimes)
    hasProfile = !profile.isEmpty
  }
}
