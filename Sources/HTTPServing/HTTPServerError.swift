/// Why a server cannot start.
package enum HTTPServerError: Error, Equatable, CustomStringConvertible {
  /// The address cannot be read as `host:port`.
  case badAddress(String, reason: String)
  /// The address is another's, or none of this machine's, or may not be used.
  case cannotListen(String, reason: String)

  package var description: String {
    switch self {
    case .badAddress(let address, let reason): "“\(address)” is no address to listen on: \(reason)"
    case .cannotListen(let address, let reason): "cannot listen on \(address): \(reason)"
    }
  }
}
