import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Streams
import Testing
import WeChat

/// wechatpy signs, encrypts and reads what comes back; see `peer.py`.
@Suite(.enabled(if: PeerProcess.isThere, PeerProcess.missing))
struct PeerTests {
  private struct Answer: Encodable {
    let status: Int
    let body: String
  }

  /// What was said in one go, as far as it can be told from the records alone.
  private struct Heard: Hashable {
    var openid: String
    var texts: [String] = []
    var attachments = 0
    var locations = 0
    var code: String?
    var ended = false

    var isEmpty: Bool { texts.isEmpty && attachments == 0 && locations == 0 }
  }

  private func send(_ line: PeerLine, to callback: Callback) async throws -> Response {
    try #require(await callback.controller.respond(to: try line.request()))
  }

  @Test(arguments: WeChatAccount.Mode.allCases)
  func `wechatpy is understood, and understands every reply`(mode: WeChatAccount.Mode) async throws {
    let reply = CitizenCase.given("a", phase: .replied, reply: "路灯已修好")
    let cases = GivenCases(.known(["wechat/qingxi/" + Callback.openid: [reply].compactMap { $0 }]))
    let callback = try Callback(mode: mode, cases: cases)
    let requests = try await PeerLine.lines(printedBy: ["requests", mode.rawValue])
    var answers: [Data] = []
    for request in requests {
      let response = try await send(request, to: callback)
      let answer = Answer(
        status: response.head.status.code, body: String(decoding: response.body, as: UTF8.self))
      answers.append(try JSONEncoder().encode(answer))
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("huiyin-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(answers.joined(separator: [UInt8(ascii: "\n")])).write(to: file)
    let right = try await PeerProcess.run(["check", mode.rawValue, file.path])
    #expect(String(decoding: right, as: UTF8.self) == "\(requests.count)\n")
    #expect(requests.count == (mode == .plain ? 27 : 31))
    #expect(try callback.chats().first?.text == "路灯坏了三个月 <b>&amp; ]] > 😀")
    let kinds: [ChatMessage.Kind] = [
      .text, .image, .voice, .video, .video, .location, .link, .finish, .finish, .scan, .subscribe, .subscribe,
      .unsubscribe, .revoked,
    ]
    #expect(try callback.chats().map(\.kind) == kinds)
  }

  @Test(arguments: WeChatAccount.Mode.allCases)
  func `mixed and repeated messages leave exactly what was said`(mode: WeChatAccount.Mode) async throws {
    let callback = try Callback(mode: mode)
    let lines = try await PeerLine.lines(printedBy: [
      "generate", "--mode", mode.rawValue, "--seed", "20260924", "--count", "2000",
    ])
    for line in lines where line.target != nil {
      #expect(try await send(line, to: callback).head.status == .ok, "\(line.name ?? "")")
    }
    let expected = lines.compactMap(\.opinion).map { expected in
      Heard(
        openid: expected.openid, texts: expected.texts, attachments: expected.attachments.count,
        locations: expected.locations.count, code: expected.code, ended: expected.ended)
    }
    let chats = try callback.chats()
    let ids = try callback.events().map(\.id)
    try #require(ids.count == chats.count)
    #expect(Set(ids).count < ids.count, "nothing came twice")
    let heard = Self.heard(zip(ids, chats))
    #expect(expected.count > 100)
    #expect(Self.counts(heard) == Self.counts(expected))
  }

  /// Each message counts where it comes first; another code that is scanned begins anew, as does what follows 完.
  private static func heard(_ chats: some Sequence<(String, ChatMessage)>) -> [Heard] {
    var known: Set<String> = []
    var open: [String: Heard] = [:]
    var heard: [Heard] = []
    for (id, chat) in chats where known.insert(id).inserted {
      var one = open[chat.openid] ?? Heard(openid: chat.openid)
      if chat.kind == .finish || (chat.code != nil && (one.isEmpty || chat.code != one.code)) {
        one.ended = true
        if !one.isEmpty { heard.append(one) }
        one = Heard(openid: chat.openid, code: chat.code ?? (one.isEmpty ? one.code : nil))
      }
      if chat.kind != .location, let text = chat.text { one.texts.append(text) }
      if chat.attachment != nil { one.attachments += 1 }
      if chat.location != nil { one.locations += 1 }
      open[chat.openid] = one
    }
    return heard + open.values.filter { !$0.isEmpty }
  }

  private static func counts(_ all: [Heard]) -> [Heard: Int] {
    Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
  }
}
