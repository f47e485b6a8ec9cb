import Cases
import Time

/// A case as the protocol shows it to everyone. Nothing in it says who wrote.
struct RequestEntry {
  let item: ListedCase
  let service: Open311Service?
  let disclosure: Disclosure

  var value: Document.Value {
    let summary = item.summary
    let statement = summary.submission.statement
    return .record([
      ("service_request_id", .text(summary.id.text)),
      ("status", .text(summary.phase == .closed ? "closed" : "open")), ("status_notes", .text(notes)),
      ("service_name", .text(orNone: service?.name)), ("service_code", .text(orNone: service?.code)),
      ("description", .text(orNone: disclosure.description(of: statement) ?? service?.name)),
      ("agency_responsible", .text(orNone: summary.owner?.name)), ("service_notice", .none),
      ("requested_datetime", .text(summary.submission.received.text)),
      ("updated_datetime", .text((item.updated ?? summary.submission.received).text)),
      ("expected_datetime", .text(summary.deadline.expires.text)),
      ("address", .text(orNone: disclosure.address(of: statement))), ("address_id", .none), ("zipcode", .none),
      ("lat", .number(orNone: disclosure.location(of: statement)?.latitude)),
      ("long", .number(orNone: disclosure.location(of: statement)?.longitude)),
      ("media_url", .text(orNone: disclosure.picture(of: statement))),
    ])
  }

  private var notes: String {
    switch item.summary.phase {
    case .open: item.summary.overdue ? "办理中，已逾期" : "办理中"
    case .replied: "已答复，待反馈"
    case .closed: "已办结"
    }
  }
}
