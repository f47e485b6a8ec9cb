import Cases
import Monitoring

/// Who the citizen of a case is, and what they wrote as they wrote it: personal data.
struct CitizenView: Encodable {
  let name: String?
  let phone: String?
  let email: String?
  let title: String?
  let text: String
  let address: String?

  /// - Parameter citizen: `nil` where that isn't known, or is to be forgotten.
  init(_ citizen: Citizen?, _ statement: Statement) {
    name = citizen?.name
    phone = citizen?.phone
    email = citizen?.email
    title = statement.title
    text = statement.text
    address = statement.address
  }
}
