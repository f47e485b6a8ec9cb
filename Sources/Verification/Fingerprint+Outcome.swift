import Cases
import Time

/// What a command other than `open` leaves in its case when it is not refused: the same for the command and its event.
extension Fingerprint {
  /// - Parameter time: of the command: its `ce_time`, else when the log took it in.
  init?(outcomeOf command: CaseCommand, at time: GivenTime) {
    switch command {
    case .open: return nil
    case .reply(let reply): self.init("replied", reply, time)
    case .recordSimilar(let similar): self.init("similar-found", similar.other)
    case .rate(let rate): self.init("rated", rate.satisfaction, rate.text)
    case .correctCategory(let correction): self.init("classified", Classification(correction))
    case .recordDelivery(let delivery):
      let isDelivered = delivery.result == .delivered
      self.init(
        isDelivered ? "delivered" : "undelivered", delivery.feedback, delivery.channel,
        isDelivered ? nil : delivery.reason ?? "no reason given")
    default: return nil
    }
  }

  init?(outcomeOf event: CaseEvent) {
    switch event {
    case .replied(let replied): self.init("replied", replied.reply, replied.at)
    case .delivered(let delivery): self.init("delivered", delivery.feedback, delivery.channel, delivery.reason)
    case .undelivered(let delivery): self.init("undelivered", delivery.feedback, delivery.channel, delivery.reason)
    case .rated(let rated): self.init("rated", rated.satisfaction, rated.text)
    case .classified(let classification) where classification.by == .person:
      self.init("classified", classification)
    default: return nil
    }
  }
}
