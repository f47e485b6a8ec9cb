import Attachments
import Cases
import Time

/// What the template `case` is filled with.
struct PhoneCasePage {
  struct Fact {
    let label: String
    let value: String
  }

  struct Step {
    let name: String
    let text: String
    let style: String
    let at: String
  }

  struct Reply {
    let text: String
    let by: String
    let method: String
    let at: String
    let files: [File]
    let hasFiles: Bool
  }

  struct Choice {
    let value: String
    let label: String
  }

  struct File {
    let link: String
    let label: String
  }

  let w: PhoneWords
  let style = PhoneStyle.text
  let script: String? = nil
  /// Seconds after which the page looks again by itself.
  var refresh: String?
  let title: String
  let under: String? = nil
  let number: String
  /// What other programs know it by.
  let id: String
  let thanks: String?
  let state: String
  let stateText: String?
  let isLate: Bool
  var facts: [Fact] = []
  var hasFacts = false
  var replies: [Reply] = []
  var canRate = false
  var choices: [Choice] = []
  let action: String
  var formToken = ""
  var trouble: String?
  var remark = ""
  let remarkLimit = Rating.textLimit
  var steps: [Step] = []
  var hasSteps = false
  var own: String?
  var place: String?
  var files: [File] = []
  var hasFiles = false
  var hasOwn = false

  /// A case of which no event has been read yet.
  init(_ words: PhoneWords, entering id: CaseID) {
    w = words
    title = words.caseTitle
    number = id.text
    self.id = ""
    state = words.entering
    stateText = words.enteringText
    (isLate, thanks, action, refresh) = (false, nil, "", "5")
  }

  /// - Parameters:
  ///   - action: where a rating is sent.
  ///   - isRated: it was just rated, though the rating may not have been read yet.
  init(
    _ words: PhoneWords, _ id: CaseID, _ progress: CitizenProgress, action: String, isRated: Bool,
    secret: CaseKey.Secret
  ) {
    w = words
    title = words.caseTitle
    number = CaseNumber(id, received: progress.received.instant).text
    self.id = id.text
    self.action = action
    let due = words.dates.day(progress.due)
    isLate = progress.overdue && progress.phase == .open
    switch progress.phase {
    case .open:
      state = isLate ? words.late : words.open
      stateText = PhoneWords.fill(isLate ? words.lateText : words.openText, due)
    case .replied: (state, stateText) = (words.replied, nil)
    case .closed: (state, stateText) = (words.closed, nil)
    }
    let isOpen = progress.phase == .open
    facts = [
      (words.owner, progress.owner), (words.category, progress.category),
      (words.received, words.dates.moment(progress.received.instant)),
      (words.due, isOpen ? due + (progress.provisional ? "，" + words.provisional : "") : nil),
    ].compactMap { label, value in value.map { Fact(label: label, value: $0) } }
    hasFacts = true
    replies = progress.replies.reversed().map { reply in
      let files = Self.files(words, reply.reply.attachments ?? [], of: id, secret)
      return Reply(
        text: reply.reply.text, by: reply.reply.by,
        method: words.methods[reply.reply.method.rawValue] ?? reply.reply.method.rawValue,
        at: words.dates.moment(reply.at.instant), files: files, hasFiles: !files.isEmpty)
    }
    canRate = !replies.isEmpty && progress.rating == nil && !isRated
    thanks = isRated || progress.rating != nil ? Self.thanks(words, progress.rating) : nil
    choices = CaseCommand.Rate.Satisfaction.allCases.map { Choice(value: $0.rawValue, label: Self.label($0, words)) }
    steps = zip(zip(words.steps, words.stepTexts), progress.steps).map { words, step in
      Step(
        name: words.0, text: words.1, style: step.state.rawValue,
        at: step.at.map { w.dates.moment($0.instant) } ?? "")
    }
    hasSteps = !steps.isEmpty
    own = progress.reading.map { $0.masked(progress.statement.text, field: .text) }
    place = progress.reading == nil ? nil : progress.statement.address
    files = Self.files(words, progress.statement.attachments ?? [], of: id, secret)
    hasFiles = !files.isEmpty
    hasOwn = own != nil || hasFiles
  }

  private static func label(_ satisfaction: CaseCommand.Rate.Satisfaction, _ words: PhoneWords) -> String {
    switch satisfaction {
    case .satisfied: words.satisfied
    case .fair: words.fair
    case .unsatisfied: words.unsatisfied
    }
  }

  private static func thanks(_ words: PhoneWords, _ rating: CaseCommand.Rate.Satisfaction?) -> String {
    rating.map { words.rateThanks + " " + label($0, words) } ?? words.rateThanks
  }

  /// Those kept here; what a gateway keeps elsewhere is for staff.
  private static func files(
    _ words: PhoneWords, _ attachments: [Opinion.Attachment], of id: CaseID, _ secret: CaseKey.Secret
  ) -> [File] {
    attachments.enumerated().compactMap { index, attachment in
      guard let link = AttachmentLink(url: attachment.url, of: id, under: secret) else { return nil }
      let kind = AttachmentFormat.allCases.first { $0.mediaType == attachment.mediaType }?.kind
      let label =
        switch kind {
        case .voice: words.voice
        case .video: words.video
        case .picture, nil: words.picture
        }
      return File(link: link.address, label: "\(label) \(index + 1)")
    }
  }
}
