import HTTPTypes
import HTTPValues

/// What a path under `/open311/v2` names, and the format that is asked for.
struct Address {
  enum Resource: Equatable {
    case services
    case service(String)
    case requests
    case request(String)
    case token(String)
    /// Nothing.
    case other
  }

  let resource: Resource
  let format: Format

  /// `nil` for a path that is elsewhere.
  init?(_ request: Request) {
    let path = request.segments
    guard path.count >= 2, path[0] == "open311", path[1] == "v2" else { return nil }
    let (last, format) = Format.split(path.last ?? "", accept: request[.accept])
    self.format = format
    switch (path.count, path.count > 3 ? path[2] : last) {
    case (3, "services"): resource = .services
    case (3, "requests"): resource = .requests
    case (4, "services"): resource = .service(last)
    case (4, "requests"): resource = .request(last)
    case (4, "tokens"): resource = .token(last)
    default: resource = .other
    }
  }
}
