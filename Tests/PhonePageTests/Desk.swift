import Attachments
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import Logging
import MetricsTestKit
import Outbox
import PhonePage
import Synchronization
import Testing
import Time

/// The citizen's pages over an inbox, a log and a read model that a test drives.
final class Desk: OpinionTaking, Outbox, CaseProgressSource, AttachmentStore, CodeScanner {
  struct Taken: Equatable {
    let opinion: Opinion
    let key: String
    let digest: [UInt8]
  }

  private struct State {
    var now = Instant(milliseconds: 1_790_215_200_000)
    var drawn = 0
    var taken: [Taken] = []
    var outcome: OpinionTaken?
    var put: [Output] = []
    var isAway = false
    var progress: CaseProgressAnswer = .notYet
    var asked: [CaseID] = []
    var files: [AttachmentName: [UInt8]] = [:]
  }

  private let state = Mutex(State())
  let secret: CaseKey.Secret
  let metrics = TestMetrics()

  init() throws {
    secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
  }

  var now: Instant { state.withLock { $0.now } }
  var taken: [Taken] { state.withLock { $0.taken } }
  var put: [Output] { state.withLock { $0.put } }
  var asked: [CaseID] { state.withLock { $0.asked } }
  var files: [AttachmentName: [UInt8]] { state.withLock { $0.files } }
  func advance(by distance: Duration) { state.withLock { $0.now = $0.now + distance } }
  /// Every opinion is answered so from now on; with nil they are taken.
  func answer(_ outcome: OpinionTaken?) { state.withLock { $0.outcome = outcome } }
  func setAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }
  func show(_ progress: CaseProgressAnswer) { state.withLock { $0.progress = progress } }

  func take(_ opinion: Opinion, key: String, digest: [UInt8]) async -> OpinionTaken {
    state.withLock { state in
      if let outcome = state.outcome { return outcome }
      let id = CaseID(opinion: OpinionReference(source: "desk", id: key), subject: nil)
      if !state.taken.contains(where: { $0.key == key }) {
        state.taken.append(Taken(opinion: opinion, key: key, digest: digest))
      }
      return .taken(id)
    }
  }

  func put(_ outputs: [Output]) async -> OutboxResult {
    state.withLock { state in
      if state.isAway { return .unavailable }
      state.put += outputs
      return .durable
    }
  }

  func progress(of id: CaseID) async -> CaseProgressAnswer {
    state.withLock { state in
      state.asked.append(id)
      return state.progress
    }
  }

  func keep(_ attachment: MediaFile) async throws(AttachmentStoreError) {
    let isAway = state.withLock { state in
      if !state.isAway { state.files[attachment.name] = attachment.contents }
      return state.isAway
    }
    if isAway { throw AttachmentStoreError("away") }
  }

  func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]? { files[name] }

  func scan(_ token: String, at time: Instant) -> Scan {
    switch token {
    case "deputy": Scan(standing: .valid, kind: .deputy, holder: "d1", category: "城乡建设")
    case "station": Scan(standing: .valid, kind: .station, holder: "lh")
    case "activity": Scan(standing: .valid, kind: .activity, holder: "lh", activity: "代表接待日")
    case "gone": Scan(standing: .valid, kind: .deputy, holder: "left")
    case "revoked": Scan(standing: .revoked, kind: .deputy, holder: "d1")
    case "expired": Scan(standing: .expired, kind: .activity, holder: "lh", activity: "代表接待日")
    case "early": Scan(standing: .early, kind: .station, holder: "lh")
    default: Scan(standing: .unknown)
    }
  }

  private func drawID() -> String {
    state.withLock { state in
      state.drawn += 1
      return "form-\(state.drawn)"
    }
  }

  static func directory() throws -> Directory {
    try Directory(
      version: "test",
      stations: [
        Directory.Station(id: "county", name: "清源县代表联络总站", level: .county, region: "清源县"),
        Directory.Station(id: "lh", name: "柳河镇代表联络站", level: .township, parent: "county", region: "柳河镇"),
      ],
      deputies: [Directory.Deputy(id: "d1", name: "张秀英", station: "lh")])
  }

  func opinionPage(
    publicAddress: String = "https://huiyin.example", categories: [String] = ["城乡建设", "交通运输", "教育文体"],
    limits: MediaFile.Limits = MediaFile.Limits()
  ) throws -> OpinionPageController {
    OpinionPageController(
      settings: OpinionPageSettings(
        publicAddress: publicAddress, directory: { [directory = try Self.directory()] in directory },
        categories: categories, attachments: limits),
      scanner: self, inbox: self, store: self, secret: secret,
      dutyTimes: { $0.id == "lh" ? "每周日 9:00–11:30" : nil }, draw: Self.draw, clock: { self.now },
      makeID: { self.drawID() }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics)
  }

  var casePage: PhoneCaseController {
    PhoneCaseController(
      source: self, outbox: self, secret: secret, clock: { self.now }, makeID: { self.drawID() })
  }

  /// Something square; the real drawing is another module's.
  private static func draw(_ text: String) -> String? {
    let squares = (0..<25).flatMap { row in (0..<25).filter { ($0 * 7 + row * 3 + $0 * row) % 5 < 2 }.map { ($0, row) }
    }
    let path = squares.map { "M\($0.0 + 2) \($0.1 + 2)h1v1h-1z" }.joined()
    return
      "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\"><path d=\"\(path)\"/></svg>"
  }

  func address(of id: CaseID) -> String { "/c/\(id)?k=\(CaseKey(of: id, under: secret).text)" }

  /// A case of which that much is known.
  static func progress(
    _ phase: CaseSummary.Phase = .open, overdue: Bool = false, done: Int = 2, replies: [String] = [],
    rating: CaseCommand.Rate.Satisfaction? = nil, text: String = "学校门口的路灯坏了三个月，我的电话是13912345678。",
    attachments: [Opinion.Attachment]? = nil
  ) throws -> CitizenProgress {
    let received = try #require(GivenTime("2026-09-24T10:05:00+08:00"))
    let replied = try #require(GivenTime("2026-09-30T16:20:00+08:00"))
    let start = text.unicodeScalars.prefix { $0 != "1" }.count
    let span = TextReading.Span(field: .text, start: start, end: start + 11)
    let steps = (0..<5).map { index in
      CitizenProgress.Step(
        state: index < done ? .done : index == done ? .now : .ahead, at: index < done ? received : nil)
    }
    return CitizenProgress(
      statement: Statement(
        Opinion(channel: "qr", text: text, address: "柳河镇中心小学门口", attachments: attachments)),
      reading: TextReading(personalNumbers: [TextReading.PersonalNumber(kind: .mobile, span: span)], version: "1"),
      received: received, due: try #require(CalendarDate("2026-10-12")), overdue: overdue, phase: phase,
      owner: "柳河镇人民政府", category: "城乡建设", steps: steps,
      replies: replies.map { text in
        CaseEvent.Replied(
          reply: CaseCommand.Reply(by: "柳河镇人民政府", method: .writing, text: text), at: replied, recorded: nil,
          historic: false, workingDays: 4, overdue: false)
      }, rating: rating)
  }
}
