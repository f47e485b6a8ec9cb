import Cases
import SeededRandom
import Time

/// What some hundreds of citizens send over a few days, made by chance from a seed, as it arrives: mixed, delivered again,
/// out of order, through gateways that spooled, into a log whose clock jumps.
struct Scenario {
  /// In the order in which the log takes them in.
  private(set) var deliveries: [Delivery] = []
  let citizens: Int

  /// How a citizen writes.
  private enum Manner { case ordinary, hurried, slow }

  private struct Planned {
    var delivery: Delivery
    var arrives: Instant
  }

  /// - Parameter jumps: how often the log's clock is set to another time.
  init(citizens: Int, deliveries count: Int, jumps: Int, _ chance: inout SeededGenerator) {
    self.citizens = citizens
    let start = time("09-21T08:00")
    var planned: [Planned] = []
    var number = 0
    while planned.count < count {
      for openid in (0..<citizens).map({ "o-\($0)" }) {
        var moment = start + .seconds(Int.random(in: 0..<48 * 3600, using: &chance))
        let manner = [0: Manner.hurried, 1: .slow][Int.random(in: 0..<100, using: &chance)] ?? .ordinary
        let messages = [Manner.hurried: 240, .slow: 60][manner] ?? Int.random(in: 1...12, using: &chance)
        for _ in 0..<messages where planned.count < count {
          number += 1
          moment = moment + Self.pause(manner, &chance)
          let delivery = Delivery(
            id: "m-\(number)", message: Self.message(number, openid, manner, &chance), created: moment,
            recorded: moment, isPunctual: Int.random(in: 0..<5, using: &chance) > 0)
          for delay in Self.delays(manner, &chance) {
            planned.append(Planned(delivery: delivery, arrives: moment + .milliseconds(delay)))
          }
        }
      }
    }
    var clock = Self.clock(from: start, jumps: jumps, &chance)
    deliveries = planned.shuffled(using: &chance).sorted { $0.arrives < $1.arrives }.prefix(count).map { next in
      while clock.count > 1, clock[1].from <= next.arrives { clock.removeFirst() }
      var delivery = next.delivery
      delivery.recorded = next.arrives + clock[0].offset
      return delivery
    }
  }

  /// In another order, but for those of one citizen.
  func interleaved(_ chance: inout SeededGenerator) -> [Delivery] {
    var queues = Dictionary(grouping: deliveries, by: \.key).mapValues { $0[...] }
    let order = deliveries.map(\.key).shuffled(using: &chance)
    return order.compactMap { queues[$0]?.popFirst() }
  }

  /// Which offset the log's clock has from when on. None is so large that a week would pass between two deliveries.
  private static func clock(
    from start: Instant, jumps: Int, _ chance: inout SeededGenerator
  ) -> [(from: Instant, offset: Duration)] {
    var clock: [(from: Instant, offset: Duration)] = [(start, .zero)]
    for _ in 0..<jumps {
      let from = start + .seconds(Int.random(in: 0..<60 * 3600, using: &chance))
      let size = [60, 20 * 60, 5 * 3600].randomElement(using: &chance) ?? 60
      clock.append((from, .seconds(Int.random(in: -size...size, using: &chance))))
    }
    return clock.sorted { $0.from < $1.from }
  }

  /// Often just at an edge.
  private static func pause(_ manner: Manner, _ chance: inout SeededGenerator) -> Duration {
    if manner == .hurried { return .seconds(Int.random(in: 0...4, using: &chance)) }
    if manner == .slow { return .seconds(Int.random(in: 0...400, using: &chance)) }
    return switch Int.random(in: 0..<20, using: &chance) {
    case 0: .zero
    case 1: .seconds(600)
    case 2: .seconds(601)
    case 3: .seconds(3600)
    case 4: .seconds(Int.random(in: 600...7200, using: &chance))
    case 5: .seconds(Int.random(in: 1...20 * 3600, using: &chance))
    case 6...10: .seconds(Int.random(in: 60...600, using: &chance))
    default: .seconds(Int.random(in: 1...60, using: &chance))
    }
  }

  /// In milliseconds, of each delivery of one message.
  private static func delays(_ manner: Manner, _ chance: inout SeededGenerator) -> [Int] {
    let way =
      switch Int.random(in: 0..<20, using: &chance) {
      case 4...7 where manner == .slow: Int.random(in: 0...600_000, using: &chance)
      case 0: Int.random(in: 0...10_000_000, using: &chance)
      case 1...3: Int.random(in: 0...120_000, using: &chance)
      default: Int.random(in: 0...3000, using: &chance)
      }
    return switch Int.random(in: 0..<20, using: &chance) {
    case 0...3: [way, way + 5000]
    case 4: [way, way + 5000, way + 10_000]
    case 5: [way, way + Int.random(in: 0...4 * 86_400_000, using: &chance)]
    case 6: [way, way + 3000, way + Int.random(in: 0...3_600_000, using: &chance)]
    default: [way]
    }
  }

  private static func message(
    _ number: Int, _ openid: String, _ manner: Manner, _ chance: inout SeededGenerator
  ) -> ChatMessage {
    let code = "c-\(Int.random(in: 1...3, using: &chance))"
    let place = Location(latitude: Double(number % 90), longitude: 104)
    let words = "t\(number)"
    return switch Int.random(in: 0..<(manner == .ordinary ? 100 : 60), using: &chance) {
    case 0..<10: Samples.message(.image, by: openid, attachment: words)
    case 10..<13: Samples.message(.voice, words, by: openid, attachment: words)
    case 13..<15: Samples.message(.voice, by: openid, attachment: words)
    case 15..<17: Samples.message(.video, by: openid, attachment: words)
    case 17..<20: Samples.message(.location, "p\(number)", by: openid, location: place)
    case 20..<22: Samples.message(.link, words, by: openid)
    case 22: Samples.message(.text, words + String(repeating: "言", count: 9000), by: openid)
    case 60..<72: Samples.message(.scan, by: openid, code: code)
    case 72..<74: Samples.message(.subscribe, by: openid, code: Bool.random(using: &chance) ? code : nil)
    case 74..<83: Samples.message(.finish, by: openid)
    case 83: Samples.message(.unsubscribe, by: openid)
    case 84: Samples.message(.revoked, by: openid)
    default: Samples.message(.text, words, by: openid)
    }
  }
}
