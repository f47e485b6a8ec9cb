import Cases
import Intake
import Open311

/// Puts service requests into the inbox of all opinions.
struct InboxDesk: NewRequestDesk {
  let inbox: OpinionInbox

  func take(_ request: NewRequest) async -> NewRequest.Outcome {
    var key: IdempotencyKey?
    if let text = request.idempotencyKey {
      key = IdempotencyKey(text, scope: "key/" + request.client)
      guard key != nil else { return .invalidKey }
    }
    let data = JSONData.encode(request.opinion)
    guard data.count <= Opinion.maximumSize else { return .tooLarge }
    let outcome = await inbox.take(
      OpinionInbox.Delivery(
        data: data, key: key, bodyDigest: request.bodyDigest,
        trace: TraceContext(parent: request.traceParent, state: request.traceState)))
    switch outcome {
    case .taken(let receipt): return .taken(receipt.id)
    case .conflicting: return .conflicting
    case .tooLarge: return .tooLarge
    case .unavailable: return .unavailable
    }
  }
}
