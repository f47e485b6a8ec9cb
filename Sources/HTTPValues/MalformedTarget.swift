/// Why the target of a request cannot be understood. It does not repeat the target, which may hold what is private.
package enum MalformedTarget: Error, Equatable {
  /// Neither a path nor an `http` URL.
  case noPath
  /// A `%` without two hexadecimal digits, bytes that are not UTF-8, or a control character.
  case path
  case query

  package var reason: String {
    switch self {
    case .noPath: "The request names no path."
    case .path: "The path is not correctly percent-encoded UTF-8, or holds a control character."
    case .query: "The query is not correctly percent-encoded UTF-8."
    }
  }
}
