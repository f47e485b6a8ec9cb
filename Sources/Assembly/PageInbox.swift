import Cases
import Intake
import PhonePage

/// Puts what comes from the phone page into the inbox of all opinions.
struct PageInbox: OpinionTaking {
  let inbox: OpinionInbox

  func take(_ opinion: Opinion, key: String, digest: [UInt8]) async -> OpinionTaken {
    let data = JSONData.encode(opinion)
    guard data.count <= Opinion.maximumSize else { return .tooLarge }
    let delivery = OpinionInbox.Delivery(data: data, key: IdempotencyKey(key, scope: "page"), bodyDigest: digest)
    switch await inbox.take(delivery) {
    case .taken(let receipt): return .taken(receipt.id)
    case .tooLarge: return .tooLarge
    case .conflicting, .unavailable: return .unavailable
    }
  }
}
