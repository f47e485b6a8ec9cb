package import Cases
package import Logging

/// Takes in the files of a form, and keeps those that are all right, whatever is wrong with the rest: they need not be sent
/// twice.
package struct FormFiles: Sendable {
  /// What is wrong with the files; of several things one is named, so that a page stays short.
  package enum Fault: Hashable, Sendable {
    case tooMany(limit: Int)
    /// - Parameter number: of the file among those that came, the first is 1.
    case refused(number: Int, MediaFile.Refusal)
  }

  package struct Taken: Sendable {
    package var kept: [KeptFile] = []
    package var fault: Fault?
    package var isUnavailable = false

    package init() {}
  }

  private let store: any AttachmentStore
  private let secret: CaseKey.Secret
  private let limits: MediaFile.Limits
  private let limit: Int
  private let logger: Logger

  /// - Parameter limit: how many files a form may have.
  package init(
    store: any AttachmentStore, secret: CaseKey.Secret, limits: MediaFile.Limits, limit: Int, logger: Logger
  ) {
    self.store = store
    self.secret = secret
    self.limits = limits
    self.limit = limit
    self.logger = logger
  }

  /// - Parameter form: the form's own id.
  package func take(_ sent: SentForm, form: String) async -> Taken {
    var taken = Taken()
    if sent.fields["drop"] != "1" {
      taken.kept = KeptFile.read(sent.fields["kept"] ?? "", form: form, secret: secret, limit: limit)
    }
    guard taken.kept.count + sent.files.count <= limit else {
      taken.fault = .tooMany(limit: limit)
      return taken
    }
    for (index, contents) in sent.files.enumerated() {
      do throws(MediaFile.Refusal) {
        let attachment = try MediaFile(contents, limits: limits)
        let file = KeptFile(name: attachment.name, format: attachment.format)
        guard await keep(attachment) else {
          taken.isUnavailable = true
          return taken
        }
        if !taken.kept.contains(file) { taken.kept.append(file) }
      } catch {
        if taken.fault == nil { taken.fault = .refused(number: index + 1, error) }
      }
    }
    return taken
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
}
