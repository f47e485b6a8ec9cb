package import Cases

/// A file that came with a form which had to be shown again: a browser forgets it, the form doesn't.
///
/// Written into the form as `HASH.FORMAT.MARK`, several with spaces between; the mark, an HMAC over form and file, keeps
/// anyone from naming a file that they did not send.
package struct KeptFile: Hashable, Sendable {
  package let name: AttachmentName
  package let format: AttachmentFormat

  package var attachment: Opinion.Attachment { Opinion.Attachment(url: name.url, mediaType: format.mediaType) }

  /// Those of the text that are this form's, each once.
  package static func read(_ text: String, form: String, secret: CaseKey.Secret, limit: Int) -> [KeptFile] {
    var files: [KeptFile] = []
    for entry in text.split(separator: " ").prefix(limit) {
      let parts = entry.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 3, let name = AttachmentName(String(parts[0])),
        let format = AttachmentFormat(rawValue: String(parts[1]))
      else { continue }
      let file = KeptFile(name: name, format: format)
      guard secret.verifies(String(parts[2]), purpose: purpose, file.message(form)), !files.contains(file) else {
        continue
      }
      files.append(file)
    }
    return files
  }

  package func text(form: String, secret: CaseKey.Secret) -> String {
    "\(name).\(format.rawValue).\(secret.mark(purpose: Self.purpose, message(form)))"
  }

  private func message(_ form: String) -> String { "\(form)\n\(name)\n\(format.rawValue)" }
  private static let purpose = "kept"
}
