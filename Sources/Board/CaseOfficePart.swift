import Cases
import Monitoring
import Time
import WebPages

/// What the page of a case shows only to those who handle it or watch over it.
struct CaseOfficePart {
  struct Fact {
    let label: String
    let value: String
  }

  struct Told {
    let at: String
    let whom: String
    let about: String
    let channel: String
    let outcome: String
  }

  struct Kin {
    let address: String
    let number: String
    let bond: String
  }

  let d: CaseWords
  let desk: String
  let deadline: DeadlineAccount
  let facts: [Fact]
  let hasMarks: Bool
  let told: [Told]
  let isUntold: Bool
  let kin: [Kin]
  let hasKin: Bool

  init(_ words: Words, _ caseWords: CaseWords, _ reading: CaseReading, _ calendar: WorkingCalendar) {
    let summary = reading.history.summary
    let progress = CaseProgress(reading.history)
    d = caseWords
    desk = "/desk/cases/\(summary.id.text)"
    deadline = DeadlineAccount(words, caseWords, reading.history, calendar)
    var facts: [Fact] = []
    if let assignment = progress.assignment {
      facts.append(Fact(label: caseWords.directory, value: assignment.directory))
    }
    if let supervisor = summary.supervisor { facts.append(Fact(label: caseWords.supervisor, value: supervisor.name)) }
    if let attendant = progress.assignment?.attendant {
      facts.append(Fact(label: caseWords.attendant, value: attendant.name))
    }
    if let classification = progress.classification {
      let by = classification.by.map { caseWords.name(of: $0) }
      facts.append(
        Fact(
          label: caseWords.decider,
          value: [by, classification.version, classification.correction?.by, classification.correction?.reason]
            .compactMap(\.self).joined(separator: " · ")))
      if let second = classification.second {
        let percent = Int((min(max(second.confidence, 0), 1) * 100).rounded())
        facts.append(Fact(label: caseWords.second, value: "\(second.category) \(percent)%"))
      }
    }
    self.facts = facts
    hasMarks = progress.classification?.spans?.isEmpty == false
    told = reading.told.map { line in
      let message = line.message
      let event = EventWords.name(of: message.of, in: words.language)
      let whom = [caseWords.name(ofRecipient: message.to), message.owner?.name].compactMap(\.self)
      return Told(
        at: line.time?.instant.forReading ?? "", whom: whom.joined(separator: " · "), about: event,
        channel: caseWords.name(ofChannel: message.channel), outcome: Self.outcome(line.state, caseWords))
    }
    isUntold = told.isEmpty
    kin = reading.kin.map { kin in
      let bond =
        switch kin.bond {
        case .similar(let score): "\(caseWords.similar) \(Int((min(max(score, 0), 1) * 100).rounded()))%"
        case .into: caseWords.into
        case .member: caseWords.member
        }
      return Kin(address: "/cases/\(kin.line.id.text)", number: kin.line.number ?? kin.line.id.text, bond: bond)
    }
    hasKin = !kin.isEmpty
  }

  private static func outcome(_ state: ToldLine.State, _ words: CaseWords) -> String {
    switch state {
    case .sent: words.sent
    case .underWay: words.underWay
    case .delivered(let time): [words.delivered, time?.instant.forReading].compactMap(\.self).joined(separator: " ")
    case .undelivered(let time, let reason):
      [words.undelivered, time?.instant.forReading, reason].compactMap(\.self).joined(separator: " · ")
    }
  }
}
