import Cases
import SeededRandom
import Testing
import YAMLForms

@testable import Feedback

struct FeedbackFileTests {
  private static let least = """
    version: x
    channels:
      answer: [own]
      notice: []
      rating: []
    words:
      replied:
        citizen: "答复：{reply}"
      refused:
        citizen: 不予受理
    """

  private func faults(_ yaml: String) -> [String] {
    do throws(InvalidFile) {
      _ = try FeedbackFile.parse(yaml, file: "f.yaml")
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  private func faults(of line: String, by other: String) -> [String] {
    faults(Self.least.replacing(line, with: other))
  }

  @Test func `what ships is free of faults, and has English for citizens wherever it has Chinese`() throws {
    let rules = try FeedbackRules.shipped()
    #expect(rules.version == "feedback-1")
    for event in CaseEvent.Name.allCases {
      guard let words = rules.words(of: event, for: .citizen) else { continue }
      #expect(words.english != nil, "\(event)")
    }
    for event in [
      CaseEvent.Name.opened, .signed, .extended, .deadlineChanged, .replied, .refused, .reopened, .delivered,
    ] {
      #expect(rules.words(of: event, for: .citizen) != nil, "\(event)")
    }
  }

  @Test func `the least is a version, channels and words for both kinds of answer`() {
    #expect(faults(Self.least) == [])
    #expect(
      faults("version: x") == ["f.yaml:1: the file has no channels", "f.yaml:1: the file has no words"])
    #expect(faults(of: "  refused:\n    citizen: 不予受理", by: "") == ["f.yaml:7: words has no refused"])
    #expect(faults(of: "citizen: 不予受理", by: "owner: 不予受理") == ["f.yaml:10: words.refused has no citizen"])
  }

  @Test func `an unknown placeholder, event, recipient or channel is a fault with its line`() {
    #expect(
      faults(of: "{reply}", by: "{answer}") == [
        "f.yaml:8: words.replied.citizen has the unknown placeholder {answer}"
      ])
    #expect(faults(of: "  refused:", by: "  danced: {}\n  refused:") == ["f.yaml:9: words has the unknown key danced"])
    #expect(
      faults(of: "  refused:", by: "  similar-found: {}\n  refused:") == [
        "f.yaml:9: words has the unknown key similar-found"
      ])
    #expect(
      faults(of: "  refused:", by: "  signed: {mayor: x}\n  refused:") == [
        "f.yaml:9: words.signed has the unknown key mayor"
      ])
    #expect(
      faults(of: "[own]", by: "[own, fax]").first?.hasPrefix("f.yaml:3: channels.answer has fax, must be") == true)
    #expect(faults(of: "[own]", by: "[sms, sms]") == ["f.yaml:3: channels.answer has sms twice"])
    #expect(faults(of: "[own]", by: "[]") == ["f.yaml:3: channels.answer names no channel"])
  }

  @Test func `an office is given no key to the citizen's page`() {
    #expect(
      faults(of: "    citizen: 不予受理", by: "    citizen: 不予受理\n    owner: 见{number}\n    proposer: 见{link}") == [
        "f.yaml:12: words.refused.proposer can't say {link}, which has no value there"
      ])
  }

  @Test func `hours and times are checked`() {
    let quiet = "quiet: {from: '9', until: '25:00', channels: [letter]}\nwords:"
    let found = faults(of: "words:", by: quiet)
    #expect(found.count == 3)
    #expect(found.contains("f.yaml:6: quiet.from must be HH:MM, is 9"))
    #expect(found.contains("f.yaml:6: quiet.until must be HH:MM, is 25:00"))
    #expect(faults(of: "words:", by: "hours: {sms: 0}\nwords:") == ["f.yaml:6: hours.sms must be 1 to 2400, is 0"])
    #expect(
      faults(of: "words:", by: "hours: {page: 1}\nwords:") == ["f.yaml:6: hours has the unknown key page"])
  }

  @Test func `all faults are found at once`() {
    #expect(faults("version: ''\nwords: 7\nquiet: 8\nmore: 1").count >= 5)
  }

  @Test func `no file, however broken, ends the program`() {
    var mutator = Mutator(
      [Self.least], pieces: ["{", "}", "[", "]", ":", "- ", "\n", "{number}", "zh:", "own", "quiet:", "&a", "*a"],
      seed: 6)
    var valid = 0
    for _ in 0..<Mutator.count(usually: 3000) {
      guard let text = String(validating: mutator.next(), as: UTF8.self) else { continue }
      if faults(text).isEmpty { valid += 1 }
    }
    print("mutated rules of feedback, seed 6: \(valid) still valid")
  }
}
