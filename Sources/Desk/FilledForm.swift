import Attachments
import Cases
import WebPages

/// What the template `desk-form` is filled with.
struct FilledForm {
  struct Choice {
    let value: String
    let label: String
    let isChosen: Bool
  }

  struct Group {
    let groupTitle: String?
    let choices: [Choice]
  }

  struct Field {
    let id: String
    let name: String
    let label: String
    let fieldHint: String?
    let fieldFault: String?
    /// Ids of what describes it.
    let described: String?
    let isRequired: Bool
    let value: String
    var limit = 0
    var (low, high) = (0, 0)
    var (isLine, isNumber, isText, isChoice, isConfirmation, isTicked) = (false, false, false, false, false, false)
    var groups: [Group] = []

    init(_ field: FormField, of form: String, value: String, fault: Phrase?, _ language: Language) {
      let id = form + "-" + field.name
      self.id = id
      name = field.name
      label = field.label(language)
      fieldHint = field.hint?(language)
      fieldFault = fault?(language)
      let describing = [field.hint == nil ? nil : id + "-hint", fault == nil ? nil : id + "-wrong"].compactMap(\.self)
      described = describing.isEmpty ? nil : describing.joined(separator: " ")
      isRequired = field.isRequired
      self.value = value
      switch field.content {
      case .line(let most): (isLine, limit) = (true, most)
      case .text(let most): (isText, limit) = (true, most)
      case .number(let range): (isNumber, low, high) = (true, range.lowerBound, range.upperBound)
      case .confirmation: (isConfirmation, isTicked) = (true, value == "yes")
      case .choice(let choices):
        isChoice = true
        var titles: [Phrase?] = []
        for choice in choices where !titles.contains(choice.group) { titles.append(choice.group) }
        groups = titles.map { title in
          Group(
            groupTitle: title?(language),
            choices: choices.filter { $0.group == title }.map {
              Choice(value: $0.value, label: $0.label(language), isChosen: $0.value == value)
            })
        }
      }
    }
  }

  let name: String
  let title: String
  let formNote: String?
  let formTrouble: String?
  let isOpen: Bool
  let action: String
  /// Of the session.
  let formToken: String
  /// Of this form alone.
  let token: String
  let fields: [Field]
  let takesFiles: Bool
  let filesID: String
  let filesLabel, filesHint, dropLabel: String
  let filesFault: String?
  /// The files that have come already, as the form carries them.
  let kept: String
  let keptText: String?

  /// - Parameters:
  ///   - entry: what was typed and is wrong with it; without one the form is empty, and folded up.
  ///   - trouble: what is wrong with none of the fields.
  init(
    _ form: DeskForm, _ rules: FormRules, action: String, formToken: String, token: String,
    entry: FormRules.Entry? = nil, trouble: String? = nil,
    files: (FormFiles.Taken, CaseKey.Secret, form: String)? = nil,
    isOpen: Bool = false, _ language: Language
  ) {
    name = form.rawValue
    title = form.title(language)
    formNote = form.note?(language)
    formTrouble = trouble
    takesFiles = files != nil
    filesID = form.rawValue + "-files"
    filesLabel = Phrase("附件（群众会看到，选填）", "Files (the citizen sees them, optional)")(language)
    filesHint = Phrase(
      "最多 \(DeskFiles.limit) 个：照片、录音、录像。照片中的位置信息会去除。",
      "At most \(DeskFiles.limit): pictures, voice, film. The place is taken out of pictures.")(language)
    dropLabel = Phrase("去掉", "leave out")(language)
    filesFault = files?.0.fault.map { DeskFiles.text(of: $0)(language) }
    let carried = files?.0.kept ?? []
    kept =
      files.map { files in carried.map { $0.text(form: files.form, secret: files.1) }.joined(separator: " ") } ?? ""
    keptText =
      carried.isEmpty
      ? nil : Phrase("已收到 \(carried.count) 个附件。", "\(carried.count) files have come already.")(language)
    self.isOpen = isOpen || entry != nil
    self.action = action
    self.formToken = formToken
    self.token = token
    fields = rules.fields(of: form).map { field in
      Field(
        field, of: form.rawValue, value: entry?.values[field.name] ?? "", fault: entry?.faults[field.name], language)
    }
  }
}
