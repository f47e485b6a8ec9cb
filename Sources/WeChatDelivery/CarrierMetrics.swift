import Metrics
import Time

/// What carrying messages over WeChat counts.
struct CarrierMetrics: Sendable {
  enum Outcome: String, CaseIterable {
    case delivered, failed, postponed, expired
  }

  private let sent: [Outcome: Counter]
  private let renewed: Counter
  private let notRenewed: Counter
  private let waiting: Gauge
  private let oldest: Gauge

  init(_ factory: any MetricsFactory) {
    sent = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_wechat_sent", dimensions: dimensions, factory: factory))
      })
    renewed = Counter(label: "huiyin_wechat_token_refreshes", dimensions: [("result", "renewed")], factory: factory)
    notRenewed = Counter(label: "huiyin_wechat_token_refreshes", dimensions: [("result", "failed")], factory: factory)
    waiting = Gauge(label: "huiyin_wechat_waiting", factory: factory)
    oldest = Gauge(label: "huiyin_wechat_oldest_seconds", factory: factory)
  }

  func count(_ outcome: Outcome, _ number: Int = 1) {
    sent[outcome]?.increment(by: number)
  }

  func refreshed(_ succeeded: Bool) {
    (succeeded ? renewed : notRenewed).increment()
  }

  func observe(_ standing: DeliveryStore.Standing, at now: Instant) {
    waiting.record(standing.waiting)
    oldest.record(standing.oldest.map { max(0, (now - $0).inSeconds) } ?? 0)
  }
}
