import Attachments
import Cases
import Logging

/// Takes in the files of a form, and keeps those that are all right, whatever is wrong with the rest: they need not be sent
/// twice.
struct OpinionFormReader: Sendable {
  struct Files {
    var kept: [KeptFile]
    var faults: [(field: OpinionSheet.Field, text: String)] = []
    var isUnavailable = false
  }

  let settings: OpinionPageSettings
  let store: any AttachmentStore
  let secret: CaseKey.Secret
  let logger: Logger

  func files(of sent: SentForm, form: String, _ words: PhoneWords) async -> Files {
    let limit = settings.fileLimit
    var files = Files(kept: [])
    if sent.fields["drop"] != "1" {
      files.kept = KeptFile.read(sent.fields["kept"] ?? "", form: form, secret: secret, limit: limit)
    }
    guard files.kept.count + sent.files.count <= limit else {
      files.faults = [(.files, PhoneWords.fill(words.filesTooMany, "\(limit)"))]
      return files
    }
    for (index, contents) in sent.files.enumerated() {
      do throws(MediaFile.Refusal) {
        let attachment = try MediaFile(contents, limits: settings.attachments)
        let file = KeptFile(name: attachment.name, format: attachment.format)
        guard await keep(attachment) else {
          files.isUnavailable = true
          return files
        }
        if !files.kept.contains(file) { files.kept.append(file) }
      } catch {
        // One of them is named, so that the page stays short.
        if files.faults.isEmpty { files.faults = [(.files, text(of: error, number: index + 1, words))] }
      }
    }
    return files
  }

  private func keep(_ attachment: MediaFile) async -> Bool {
    do throws(AttachmentStoreError) {
      try await store.keep(attachment)
      return true
    } catch {
      logger.error("a file could not be kept", metadata: ["reason": "\(error)"])
      return false
    }
  }

  private func text(of refusal: MediaFile.Refusal, number: Int, _ words: PhoneWords) -> String {
    switch refusal {
    case .unknownFormat: PhoneWords.fill(words.fileUnknown, "\(number)")
    case .tooLarge(let limit): PhoneWords.fill(words.fileTooLarge, "\(number)", "\(limit / 1_000_000)")
    case .broken: PhoneWords.fill(words.fileBroken, "\(number)")
    }
  }
}
