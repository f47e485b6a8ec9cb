import HTTPTypes
import HTTPValues

/// Why a request cannot be answered as it was asked, with the parameter, header or member that is at fault.
struct APIProblem: Error, Hashable {
  let status: HTTPResponse.Status
  /// For a reader; nothing personal, and nothing of what was sent.
  let detail: String
  var field: String?

  /// RFC 9457, with the member `field`.
  var response: Response {
    let body = Body(
      type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail, field: field)
    return Response.json(body, status: status).with(.contentType, "application/problem+json")
  }

  private struct Body: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let field: String?
  }

  static func malformed(_ field: String, _ detail: String) -> APIProblem {
    APIProblem(status: .badRequest, detail: detail, field: field)
  }

  /// Also for what is there and is none of theirs.
  static let notFound = APIProblem(status: .notFound, detail: "There is nothing here for you.")

  static func forbidden(_ detail: String) -> APIProblem { APIProblem(status: .forbidden, detail: detail) }

  static let unavailable = APIProblem(
    status: .serviceUnavailable, detail: "The cases cannot be read just now. Try again later.")
}
