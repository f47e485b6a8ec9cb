/// Takes in service requests as opinions.
package protocol NewRequestDesk: Sendable {
  /// Returns once the opinion is durable, or can't be within the time that an answer may take.
  func take(_ request: NewRequest) async -> NewRequest.Outcome
}
