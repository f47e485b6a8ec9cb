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
        var titles: [String?] = []
        for choice in choices where !titles.contains(choice.group) { titles.append(choice.group) }
        groups = titles.map { title in
          Group(
            groupTitle: title,
            choices: choices.filter { $0.group == title }.map {
              Choice(value: $0.value, label: $0.label, isChosen: $0.value == value)
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
  let takesFiles = false

  /// - Parameters:
  ///   - entry: what was typed and is wrong with it; without one the form is empty, and folded up.
  ///   - trouble: what is wrong with none of the fields.
  init(
    _ form: DeskForm, _ rules: FormRules, action: String, formToken: String, token: String,
    entry: FormRules.Entry? = nil, trouble: String? = nil, isOpen: Bool = false, _ language: Language
  ) {
    name = form.rawValue
    title = form.title(language)
    formNote = form.note?(language)
    formTrouble = trouble
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
