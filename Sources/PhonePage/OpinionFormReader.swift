import Attachments
import Cases
import Logging

/// Takes in the files of an opinion's form, and says in words what is wrong with them.
struct OpinionFormReader: Sendable {
  struct Files {
    var kept: [KeptFile]
    var faults: [(field: OpinionSheet.Field, text: String)] = []
    var isUnavailable = false
  }

  private let files: FormFiles

  init(settings: OpinionPageSettings, store: any AttachmentStore, secret: CaseKey.Secret, logger: Logger) {
    files = FormFiles(
      store: store, secret: secret, limits: settings.attachments, limit: settings.fileLimit, logger: logger)
  }

  func files(of sent: SentForm, form: String, _ words: PhoneWords) async -> Files {
    let taken = await files.take(sent, form: form)
    let faults = taken.fault.map { [(OpinionSheet.Field.files, text(of: $0, words))] } ?? []
    return Files(kept: taken.kept, faults: faults, isUnavailable: taken.isUnavailable)
  }

  private func text(of fault: FormFiles.Fault, _ words: PhoneWords) -> String {
    switch fault {
    case .tooMany(let limit): PhoneWords.fill(words.filesTooMany, "\(limit)")
    case .refused(let number, .unknownFormat): PhoneWords.fill(words.fileUnknown, "\(number)")
    case .refused(let number, .tooLarge(let limit)):
      PhoneWords.fill(words.fileTooLarge, "\(number)", "\(limit / 1_000_000)")
    case .refused(let number, .broken): PhoneWords.fill(words.fileBroken, "\(number)")
    }
  }
}
