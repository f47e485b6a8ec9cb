import Cases
import SeededRandom
import Streams
import Testing
import Time

@testable import Feedback

/// Whatever happens to a case, in whatever order: its answers end, and none goes where it may not.
struct AnswerPropertyTests {
  /// What the world outside would say: a case's citizen, as the carriers know them.
  private struct World {
    var contact: (kind: WeChatWindow.Contact, at: Instant)
    var sent = 0
    var granted: Int
    var used = 0
    var ids: Set<String> = []
    /// Answers, and how each ended.
    var open: Set<String> = []
    var ended: [String: Bool] = [:]
    var erased = false

    var closes: Instant { WeChatWindow(contact: contact.kind, began: contact.at).closes }
  }

  private static func opinion(_ random: inout SeededGenerator) -> Opinion {
    if Int.random(in: 0..<4, using: &random) == 0 { return Events.chat() }
    let channels = ["web", "app", "wechat", "wechat", "wechat", "phone", "sms", "letter", "email"]
    let channel = channels.randomElement(using: &random) ?? "web"
    let hasChat = channel == "wechat" || Int.random(in: 0..<4, using: &random) == 0
    return Events.opinion(
      channel: channel, id: hasChat ? "wechat/a/o" : Bool.random(using: &random) ? "o-1" : nil,
      phone: Bool.random(using: &random) ? "13800000000" : nil, email: Bool.random(using: &random) ? "a@b" : nil,
      anonymous: Bool.random(using: &random),
      subscription: Bool.random(using: &random)
        ? Subscription(
          once: Array(repeating: "t", count: Int.random(in: 0...3, using: &random)),
          always: Int.random(in: 0..<3, using: &random) == 0 ? ["l"] : nil) : nil)
  }

  @Test func `every answer ends, delivered or with reasons; no id comes twice, no window or subscription is overdrawn`()
    throws
  {
    let rounds = 500
    let rules = try FeedbackRules.shipped()
    var endings: [Bool: Int] = [:]
    var attempts: [String: Int] = [:]
    var nights = 0
    for seed in 0..<UInt64(rounds) {
      var random = SeededGenerator(seed: seed)
      let opinion = Self.opinion(&random)
      var desk = try Desk(rules)
      desk.now = Events.time.instant + .seconds(Int.random(in: 0..<86_400, using: &random))
      let begin = desk.now
      var world = World(
        contact: (opinion.channel == "wechat" ? .message : .touch, begin),
        granted: opinion.citizen.subscription?.once?.count ?? 0)
      var sequence = 0
      var pending: [FeedbackMessage] = []

      func see(_ told: [Desk.Told]) throws {
        for one in told {
          #expect(world.ids.insert(one.event.id).inserted, "seed \(seed): id \(one.event.id) twice")
          if one.topic == Topics.commands {
            let delivery = try one.delivery
            #expect(world.open.contains(delivery.feedback), "seed \(seed)")
            #expect(delivery.result == .delivered || delivery.final == true, "seed \(seed)")
            if delivery.result == .failed {
              #expect(delivery.reason?.isEmpty == false, "seed \(seed): no reason")
              world.open.remove(delivery.feedback)
              world.ended[delivery.feedback] = false
            } else {
              let arrived = FeedbackMessage.arrival(delivery)
              pending.append(arrived)
            }
            continue
          }
          let message = try one.message
          guard message.to == .citizen else { continue }
          #expect(!world.erased, "seed \(seed): told after being forgotten")
          attempts[message.channel, default: 0] += 1
          let from = message.notBefore?.instant ?? desk.now
          #expect(from >= desk.now, "seed \(seed)")
          if let expires = message.expires { #expect(from < expires.instant, "seed \(seed): expired when sent") }
          switch message.channel {
          case "wechat":
            world.sent += 1
            #expect(from < world.closes, "seed \(seed): outside its window")
            #expect((message.expires?.instant ?? .distantFuture) <= world.closes, "seed \(seed)")
            let limit = WeChatWindow(contact: world.contact.kind, began: world.contact.at).messages
            #expect(world.sent <= limit, "seed \(seed): \(world.sent) messages")
          case "wechat-subscription":
            world.used += 1
            #expect(world.used <= world.granted, "seed \(seed): a subscription twice")
          default: break
          }
          let hour = TimeOffset.shanghai.hour(of: from)
          if ["wechat", "wechat-subscription", "wechat-template", "sms", "phone"].contains(message.channel),
            hour >= 21 || hour < 8
          {
            nights += 1
            #expect(message.channel == "wechat" && message.kind == .answer, "seed \(seed): by night")
            #expect(message.fallback ?? [] == (message.fallback ?? []).filter { $0 == "board" }, "seed \(seed)")
          }
          if message.kind == .answer, message.expires != nil { pending.append(message) }
        }
      }
      func tell(_ event: CaseEvent) throws {
        sequence += 1
        if case .replied = event { world.open.insert("c.\(sequence).0") }
        if case .refused = event { world.open.insert("c.\(sequence).0") }
        if case .erased = event { world.erased = true }
        try see(desk.tell(event, "c.\(sequence)"))
      }
      /// What a carrier, or track, says of a message.
      func report(_ message: FeedbackMessage, arrives: Bool) throws {
        guard let answer = message.answer else { return }
        if arrives {
          if world.open.remove(answer) != nil { world.ended[answer] = true }
          try tell(Events.arrived(answer, message.channel))
        } else if world.open.contains(answer) {
          try tell(Events.failed(answer, message.channel, "x"))
        }
      }

      try tell(Events.opened(opinion))
      try tell(.assigned(Events.assignment(supervisor: Events.station)))
      for _ in 0..<Int.random(in: 5...40, using: &random) {
        desk.now = desk.now + .seconds([1, 30, 600, 7200, 40_000, 150_000, 200_000].randomElement(using: &random) ?? 1)
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: try tell(Events.replied(CaseCommand.Reply.Method.allCases.randomElement(using: &random) ?? .writing))
        case 2: try tell(Events.refused)
        case 3: try tell(.signed(CaseEvent.Signed(by: "李工", owner: Events.department)))
        case 4:
          let more = Self.opinion(&random)
          let isChat = ChatID(citizen: more.citizen.id ?? "") != nil
          if isChat, !world.erased {
            let touches = more.channel != "wechat"
            if !(touches && world.contact.kind == .message && desk.now < world.closes) {
              world.contact = (touches ? .touch : .message, desk.now)
              world.sent = 0
            }
          }
          world.granted += more.citizen.subscription?.once?.count ?? 0
          try tell(.supplemented(Events.submission(more, at: GivenTime(desk.now))))
        case 5...8:
          guard !pending.isEmpty else { break }
          let message = pending.remove(at: Int.random(in: pending.indices, using: &random))
          try report(message, arrives: message.expires == nil || Int.random(in: 0..<3, using: &random) == 0)
        case 9: if let timer = desk.timer, timer.due <= desk.now { try see(desk.fire(timer.generation, timer.due)) }
        case 10: try tell(.overdue(Events.missed))
        default: if Int.random(in: 0..<20, using: &random) == 0 { try tell(.erased(CaseEvent.Told(by: "x"))) }
        }
      }
      // Nobody says anything more.
      for message in pending where message.expires == nil { try report(message, arrives: true) }
      var patience = 200
      while desk.timer != nil, patience > 0 {
        try see(desk.waitForTimer())
        patience -= 1
      }
      for message in pending where message.expires == nil { try report(message, arrives: true) }
      #expect(world.open.isEmpty, "seed \(seed): \(world.open) never ended")
      #expect(desk.state?.answers == nil, "seed \(seed): something is still on its way")
      for isDelivered in world.ended.values { endings[isDelivered, default: 0] += 1 }
    }
    print(
      "answers, seeds 0..<\(rounds): \(endings[true] ?? 0) delivered, \(endings[false] ?? 0) not; \(nights) by night")
    print("over", attempts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    #expect((endings[true] ?? 0) > 100 && (endings[false] ?? 0) > 100 && nights > 0)
    for channel in ["wechat", "wechat-subscription", "wechat-template", "sms", "phone", "email", "letter", "board"] {
      #expect(attempts[channel] ?? 0 > 0, "\(channel) was never tried")
    }
  }
}

extension FeedbackMessage {
  /// Stands for the page's own word that an answer arrived.
  fileprivate static func arrival(_ delivery: CaseCommand.RecordDelivery) -> FeedbackMessage {
    FeedbackMessage(
      kind: .answer, of: "replied", event: "", to: .citizen, channel: delivery.channel, text: "", language: "zh",
      answer: delivery.feedback, rules: "")
  }
}

extension TimeOffset {
  fileprivate func hour(of instant: Instant) -> Int64 {
    (instant - self.instant(of: date(of: instant))).components.seconds / 3600
  }
}
