package import Cases

/// Takes opinions in, each once.
package protocol OpinionTaking: Sendable {
  /// Returns once the opinion is durable, or after the time that an answer may take.
  ///
  /// - Parameters:
  ///   - key: 1 to 255 characters of visible ASCII; what comes under the same key is the same opinion.
  ///   - digest: SHA-256 of what the citizen sent; never another one under the same key.
  func take(_ opinion: Opinion, key: String, digest: [UInt8]) async -> OpinionTaken
}

package enum OpinionTaken: Hashable, Sendable {
  /// Durable, now or before.
  case taken(CaseID)
  case tooLarge
  /// It may have been taken all the same; under the same key it stays one.
  case unavailable
}
