import HTTPTypes
package import HTTPValues

/// What a form sent, in either of the two ways in which a browser writes it.
package struct SentForm: Sendable {
  package let fields: [String: String]
  /// Of the field `files`.
  package let files: [ArraySlice<UInt8>]

  /// Nil for a body that is neither, or not whole.
  package init?(_ request: Request) {
    if let fields = request.form {
      self.fields = fields
      files = []
      return
    }
    guard request.mediaType == "multipart/form-data", let type = request[.contentType],
      let form = try? MultipartForm(request.body, contentType: type), let fields = try? form.fields()
    else { return nil }
    self.fields = fields
    files = form.files(named: "files")
  }
}
