import HTTPTypes
import HTTPValues

extension Response {
  /// The same with the header `Link` that leads to the next part of a list (RFC 8288), if there is one.
  func linked(to next: String?, _ request: Request) -> Response {
    guard let next, let link = HTTPField.Name("Link") else { return self }
    var query = request.query
    query["after"] = next
    let fields = query.sorted { $0.key < $1.key }
      .map { PercentEncoding.encode($0.key) + "=" + PercentEncoding.encode($0.value) }
    let path = request.segments.map { PercentEncoding.encode($0) }.joined(separator: "/")
    return with(link, "</\(path)?\(fields.joined(separator: "&"))>; rel=\"next\"")
  }
}
