import Cases
import EventLog
import Streams
import Time

/// Those who carry answers: most arrive, some fail, and of some nobody says anything.
struct Carriers {
  let seed: UInt64

  /// What of a record of feedback a carrier goes by.
  private struct Message: Decodable {
    var kind: String
    var event: String
    var channel: String
    var answer: String?
    var notBefore: GivenTime?
  }

  private static let carried: Set<String> = [
    "wechat", "wechat-subscription", "wechat-template", "sms", "phone", "email", "letter", "board",
  ]

  /// The event that a record of an answer tells of.
  static func answered(_ envelope: CloudEvent) throws(Malformed) -> String? {
    envelope.type == EventTypes.answer ? try JSONData.decode(Message.self, from: envelope.data).event : nil
  }

  func react(to envelope: CloudEvent, of caseID: CaseID, at now: Instant) throws(Malformed) -> [Action] {
    guard envelope.type == EventTypes.answer else { return [] }
    let message = try JSONData.decode(Message.self, from: envelope.data)
    guard let answer = message.answer, Self.carried.contains(message.channel) else { return [] }
    var chance = Chance(seed, "carrier", envelope.id)
    let start = max(now, message.notBefore?.instant ?? now)
    let time = start + .seconds(chance.number(1...20) * 900)
    func word(_ result: CaseCommand.RecordDelivery.Result, _ name: String, after delay: Duration = .zero) -> Action {
      let delivery = CaseCommand.RecordDelivery(
        feedback: answer, channel: message.channel, result: result, reason: result == .failed ? "对方拒收" : nil)
      return .command(.recordDelivery(delivery), to: caseID, id: envelope.id + name, at: time + delay)
    }
    switch chance.number(0...99) {
    case 0...79: return [word(.delivered, "/arrived")]
    case 80...82: return [word(.delivered, "/arrived"), word(.delivered, "/twice", after: .seconds(1800))]
    case 83...92: return [word(.failed, "/failed")]
    default: return []
    }
  }
}
