import Cases
import Crypto
import EventLog
import HTTPValues
import Streams
import Time
import WebPages

/// What the templates `letter` and `settle` are filled with: of the record itself nothing that may be personal.
struct LetterPage {
  struct Fact {
    let label: String
    let value: String
  }

  struct Header {
    let name: String
    let value: String
  }

  let frame: PageFrame
  let w: LetterWords
  let id: String
  let note: String?
  let facts: [Fact]
  let caseAddress: String?
  let caseText: String
  let headers: [Header]
  /// Where it may be settled, if it may.
  let retry: String?
  let drop: String?
  /// Of the page that asks once more.
  let question: Question?

  struct Question {
    let ask: String
    let note: String
    let action: String
    let formField: String
    let formToken: String
    let cancel: String
    let confirm: String
  }

  init(
    _ frame: PageFrame, _ words: LetterWords, _ letter: DeadLetter, allows: (DeadLetterOffice.Verb) -> Bool,
    note: String? = nil, question: Question? = nil
  ) {
    self.frame = frame
    w = words
    id = letter.id
    self.note = note
    self.question = question
    let value = letter.original.value
    let caseID = letter.original.key.flatMap { String(validating: $0, as: UTF8.self) }.flatMap { CaseID($0) }
    caseAddress = caseID.map { "/cases/\($0.text)" }
    caseText = caseID?.text ?? ""
    facts =
      [
        Fact(label: words.status, value: words.name(of: letter.status)), Fact(label: words.stage, value: letter.stage),
        Fact(label: words.reason, value: letter.reason), Fact(label: words.place, value: letter.id),
        Fact(label: words.arrived, value: letter.timestamp.forReading),
        Fact(label: words.failed, value: letter.failedAt.forReading),
        Fact(label: words.retries, value: "\(letter.retries) / \(DeadLetter.maximumRetries)"),
        Fact(label: words.parked, value: letter.parked ? words.parkedNote : "–"),
        Fact(label: words.value, value: value.map { "\($0.count) \(words.size)" } ?? words.noValue),
      ]
      + (value.map { [Fact(label: words.digest, value: Self.digest($0))] } ?? [])
    headers = letter.original.headers.map { header in
      let isPlain = Self.plainHeaders.contains(header.name.lowercased())
      let text = header.value.flatMap { String(validating: $0, as: UTF8.self) } ?? "–"
      return Header(name: header.name, value: isPlain ? text : words.unreadHeader)
    }
    let isOpen = !letter.status.isSettled
    retry = isOpen && allows(.retry) ? Self.address(letter.id) + "/retry" : nil
    drop = isOpen && allows(.drop) ? Self.address(letter.id) + "/drop" : nil
  }

  /// - Parameter id: as `topic/partition/offset`.
  static func address(_ id: String) -> String {
    "/dead-letters/" + id.split(separator: "/").map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
  }

  /// Those of ours that say nothing of a person; what others add isn't known.
  private static let plainHeaders: Set<String> = [
    "ce_specversion", "ce_type", "ce_time", "ce_sequence", "ce_causationid", "content-type", "traceparent",
    "huiyin_replay_count",
  ]

  private static func digest(_ value: [UInt8]) -> String {
    SHA256.hash(data: value).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
