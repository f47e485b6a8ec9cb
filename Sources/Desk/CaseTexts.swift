import Attachments
import Cases
import Monitoring
import Time
import WebPages

/// What the template `desk-text` is filled with: what was written in a case, with the files that came along.
struct CaseTexts {
  struct Text {
    let label: String
    let subtitle: String?
    let text: String
    let files: [File]
    let hasFiles: Bool

    init(label: String, subtitle: String?, text: String, files: [File] = []) {
      self.label = label
      self.subtitle = subtitle
      self.text = text
      self.files = files
      hasFiles = !files.isEmpty
    }
  }

  struct File {
    let label: String
    /// `nil` for what a gateway keeps elsewhere.
    let link: String?
    let isPicture: Bool
    let note: String
  }

  /// Masks the personal numbers of a text that nobody has read for them.
  let mask: @Sendable (String) -> String
  let language: Language

  /// What the citizen wrote and was answered, as everybody may see it whose case it is: personal numbers are masked.
  func masked(_ history: CaseHistory) -> [Text] {
    let words = DeskWords(language)
    let summary = history.summary
    let progress = CaseProgress(history)
    let reading = progress.classification?.reading
    func masked(_ text: String, _ field: TextReading.Field) -> String {
      reading?.masked(text, field: field) ?? mask(text)
    }
    let statement = summary.submission.statement
    let opinion = Text(
      label: words.opinion, subtitle: statement.title.map { masked($0, .title) },
      text: masked(statement.text, .text), files: files(statement.attachments ?? [], of: summary.id))
    return [opinion] + additions(history, mask) + progress.replies.map { reply($0, of: summary.id) }
  }

  /// As the citizen wrote it: for those alone who have been put on record for it.
  func plain(_ history: CaseHistory) -> [Text] {
    let statement = history.summary.submission.statement
    let opinion = Text(
      label: DeskWords(language).original, subtitle: statement.title, text: statement.text,
      files: files(statement.attachments ?? [], of: history.summary.id))
    return [opinion] + additions(history) { $0 }
  }

  private func additions(_ history: CaseHistory, _ shown: (String) -> String) -> [Text] {
    if history.summary.isErased { return [] }
    return history.events.compactMap { event in
      guard case .supplemented(let addition) = event.event else { return nil }
      let statement = addition.statement
      return Text(
        label: DeskWords(language).addition,
        subtitle: [statement.title.map(shown), event.time?.instant.forReading].compactMap(\.self).joined(
          separator: " · "),
        text: shown(statement.text), files: files(statement.attachments ?? [], of: history.summary.id))
    }
  }

  private func reply(_ replied: CaseEvent.Replied, of id: CaseID) -> Text {
    let method = EventWords.method(replied.reply.method.rawValue, in: language)
    return Text(
      label: DeskWords(language).reply,
      subtitle: [replied.reply.by, method, replied.at.instant.forReading].joined(separator: " · "),
      text: replied.reply.text, files: files(replied.reply.attachments ?? [], of: id))
  }

  /// Those kept here are asked for under the case's own address, which checks whose it is; the case's key is in none.
  func files(_ attachments: [Opinion.Attachment], of id: CaseID) -> [File] {
    let words = DeskWords(language)
    return attachments.enumerated().map { index, attachment in
      let isPicture = attachment.mediaType.hasPrefix("image/")
      return File(
        label: "\(isPicture ? words.picture : words.attachment) \(index + 1)",
        link: AttachmentName(url: attachment.url).map { "/desk/cases/\(id)/attachments/\($0)" },
        isPicture: isPicture, note: "\(words.elsewhere) \(attachment.url)")
    }
  }
}
