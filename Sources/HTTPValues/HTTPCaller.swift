/// Asks other people's servers.
package protocol HTTPCaller: Sendable {
  /// Posts the body, and gives what the server answered, whatever its status.
  ///
  /// - Parameters:
  ///   - type: of the body, as `Content-Type` says it.
  ///   - url: of `http` or `https`. It may hold secrets: nobody repeats it.
  ///   - time: for all of it, from looking up the name to the answer's last byte.
  /// - Throws: ``HTTPCallFailure`` where there was no whole answer. Whether the server took the request is open then.
  func post(
    _ body: [UInt8], type: String, to url: String, within time: Duration
  ) async throws(HTTPCallFailure) -> HTTPAnswer
}

package struct HTTPAnswer: Hashable, Sendable {
  package let status: Int
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

package struct HTTPCallFailure: Error, Hashable, Sendable {
  /// For an operator; holds nothing of the request.
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
