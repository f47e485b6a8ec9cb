import Cases
import EventLog
import HTTPValues
import SeededRandom
import Streams
import Testing
import Time
import TwoStages

/// What wechatpy sends, through gateways, log and worker, to what the citizens said; see `peer.py`.
@Suite(.enabled(if: PeerProcess.isThere, PeerProcess.missing))
struct ChatPipelineTests {
  private static let seed: UInt64 = 20_260_924
  private static let count = 10_000
  /// So many messages fall into each second.
  private static let perSecond = 20

  /// An opinion as far as both sides know it. No two of one citizen begin in the same second.
  private struct Said: Hashable {
    var citizen: String
    /// Seconds since 1970.
    var began: Int64
    var text: String
    /// Each with its type.
    var attachments: [String]
    /// The label of the last place.
    var place: String?
    var code: String?
    var scan: Scan?
    /// Whether it was over before all fell silent.
    var isEnded: Bool
  }

  @Test(.timeLimit(.minutes(3)))
  func `ten thousand mixed and repeated messages over two gateways become exactly the opinions that were said`()
    async throws
  {
    print("chats from callback to opinions: seed \(Self.seed)")
    let lines = try await PeerLine.lines(
      printedBy: ["generate", "--mode", "plain", "--seed", "\(Self.seed)", "--count", "\(Self.count)"])
    let wanted = lines.compactMap(\.opinion)
    let requests = try lines.filter { $0.opinion == nil }.map { try $0.request() }
    try #require(requests.count == Self.count && wanted.count > 1000)

    let pipeline = try ChatPipeline(at: Callback.now - .seconds(Self.count / Self.perSecond + 1))
    try await deliver(requests, to: pipeline)
    let silence = pipeline.clock.now
    pipeline.clock.advance(by: .seconds(2 * 3600))
    try pipeline.work()

    let contents = LogContents(of: pipeline.log)
    #expect(try contents.count(of: Topics.deadLetters) == 0)
    let chats = try contents.records(of: Topics.chats).map { try CloudEvent($0.record).id }
    let repeated = chats.count - Set(chats).count
    #expect(repeated > 1000)
    let opinions = try contents.records(of: Topics.opinions)
    let ids = try opinions.map { try CloudEvent($0.record).id }
    #expect(Set(ids).count == ids.count)
    let said = try opinions.map { try Self.said($0, silence: silence) }
    #expect(said.count == wanted.count)
    let expected = wanted.map(Self.said)
    try #require(Set(expected).count == expected.count)
    #expect(Set(expected).subtracting(said) == [], "missing")
    #expect(Set(said).subtracting(expected) == [], "never said")
    try checkPlaces(opinions, wanted)
    print("chats from callback to opinions: \(chats.count) records, \(repeated) repeated; \(said.count) opinions")
  }

  /// Second by second, each request to a gateway by chance; three times on the way all is restarted.
  private func deliver(_ requests: [Request], to pipeline: ChatPipeline) async throws {
    var chance = SeededGenerator(seed: Self.seed)
    let seconds = requests.count / Self.perSecond
    for second in 0..<seconds {
      if second > 0, second.isMultiple(of: seconds / 4) { try await pipeline.restart() }
      let batch = requests[second * Self.perSecond..<(second + 1) * Self.perSecond].map {
        (request: $0, gateway: Int.random(in: 0...1, using: &chance))
      }
      await pipeline.deliver(batch)
      try pipeline.work()
      pipeline.clock.advance(by: .seconds(1))
    }
  }

  // MARK: Both sides

  private static func said(_ stored: StoredRecord, silence: Instant) throws -> Said {
    let event = try CloudEvent(stored.record)
    #expect(event.type == EventTypes.opinionSubmitted && event.source == Sources.wechat("qingxi"))
    let opinion = try Opinion(data: event.data)
    #expect(opinion.channel == "wechat" && opinion.citizen.anonymous)
    let citizen = try #require(opinion.citizen.id)
    let openid = String(citizen.dropFirst("wechat/qingxi/".count))
    #expect(stored.record.key == ChatID(account: "qingxi", openid: openid).key)
    return Said(
      citizen: citizen, began: try #require(event.time).instant.milliseconds / 1000, text: opinion.text,
      attachments: (opinion.attachments ?? []).map { "\($0.mediaType) \($0.url)" }, place: opinion.address,
      code: opinion.code, scan: opinion.scan, isEnded: stored.timestamp < silence)
  }

  private static func said(_ wanted: PeerLine.Opinion) -> Said {
    let types = [
      "image": "image/jpeg ", "voice": "audio/amr wechat-media:qingxi/", "video": "video/mp4 wechat-media:qingxi/",
    ]
    let names = ["image": "图片", "voice": "语音", "video": "视频", "location": "位置"]
    var kinds: [String] = []
    for kind in wanted.kinds where !kinds.contains(kind) { kinds.append(kind) }
    let placeholder = "（" + kinds.map { names[$0] ?? $0 }.joined(separator: "、") + "）"
    return Said(
      citizen: "wechat/qingxi/" + wanted.openid, began: wanted.began,
      text: wanted.texts.isEmpty ? placeholder : wanted.texts.joined(separator: "\n"),
      attachments: zip(wanted.kinds.compactMap { types[$0] }, wanted.attachments).map { $0 + $1 },
      place: wanted.locations.last?.label, code: wanted.code,
      scan: wanted.code.map { GivenScanner().scan($0, at: Callback.now) }, isEnded: wanted.ended)
  }

  /// WeChat's map shows places up to some 700 m beside the true ones; each label is of one place.
  private func checkPlaces(_ opinions: [StoredRecord], _ wanted: [PeerLine.Opinion]) throws {
    let shown = Dictionary(uniqueKeysWithValues: wanted.flatMap(\.locations).map { ($0.label, $0) })
    var places = 0
    for opinion in try opinions.map({ try Opinion(data: try CloudEvent($0.record).data) }) {
      guard let location = opinion.location else { continue }
      let place = try #require(shown[opinion.address ?? ""])
      #expect(abs(location.latitude - place.latitude) < 0.01 && abs(location.longitude - place.longitude) < 0.01)
      places += 1
    }
    #expect(places == wanted.count { !$0.locations.isEmpty })
  }
}
