import Cases
import Monitoring
import Time
import WebPages

/// What the template `case` is filled with.
struct CasePage {
  struct Step {
    let name: String
    let style: String
    let state: String
    let isNow: Bool
    let at: String?
  }

  struct Fact {
    let label: String
    let value: String
    var note: String?
  }

  struct Text {
    let label: String
    let subtitle: [MarkedText.Piece]
    let hasSubtitle: Bool
    let pieces: [MarkedText.Piece]
  }

  struct Attachment {
    let url: String
    let mediaType: String
    /// Only what a browser fetches; anything else is shown, not followed.
    let link: String?
  }

  struct Line {
    let sequence: Int
    let happenedAt: String
    let eventName: String
    let detail: String
  }

  let frame: PageFrame
  let w: Words
  let steps: [Step]
  let facts: [Fact]
  let texts: [Text]
  let attachments: [Attachment]
  let hasAttachments: Bool
  let history: [Line]
  /// `nil` for the citizen, who comes with the case's key.
  let office: CaseOfficePart?

  /// - Parameter mask: masks the personal numbers of a text that nobody has read for them.
  init(
    _ words: Words, _ frame: PageFrame, _ caseHistory: CaseHistory, isOverdue: Bool,
    mask: (String) -> String, attachmentLink: (_ url: String) -> String?, office: CaseOfficePart? = nil
  ) {
    let summary = caseHistory.summary
    let progress = CaseProgress(caseHistory)
    let statement = summary.submission.statement
    w = words
    self.frame = frame
    self.office = office
    steps = zip(words.steps, progress.steps).map { name, step in
      let state =
        switch step.state {
        case .done: words.states[0]
        case .now: words.states[1]
        case .ahead: words.states[2]
        }
      return Step(
        name: name, style: step.state.rawValue, state: state, isNow: step.state == .now,
        at: step.at?.instant.forReading)
    }
    facts = Self.facts(words, summary, progress, isOverdue: isOverdue, mask: mask)
    texts =
      [Self.opinion(words, statement, progress.classification, marks: office != nil, mask: mask)]
      + progress.replies.map { reply in
        let method = EventWords.method(reply.reply.method.rawValue, in: words.language)
        let parts =
          [reply.reply.by, method, reply.at.instant.forReading]
          + (reply.recorded.map { [Self.recorded($0, words)] } ?? [])
        return Text(
          label: words.reply, subtitle: MarkedText(parts.joined(separator: " · ")).pieces, hasSubtitle: true,
          pieces: MarkedText(reply.reply.text).pieces)
      }
    attachments = (statement.attachments ?? []).map { attachment in
      let start = attachment.url.prefix(8).lowercased()
      let isWeb = start.hasPrefix("http://") || start.hasPrefix("https://")
      return Attachment(
        url: attachment.url, mediaType: attachment.mediaType,
        link: attachmentLink(attachment.url) ?? (isWeb ? attachment.url : nil))
    }
    hasAttachments = !attachments.isEmpty
    history = caseHistory.events.map { event in
      Line(
        sequence: event.sequence, happenedAt: event.time?.instant.forReading ?? "",
        eventName: words.name(ofEvent: event.type),
        detail: event.event.map { Self.detail(of: summary.isErased ? $0.erased : $0, words, mask: mask) } ?? "")
    }
  }

  /// What the citizen wrote, its personal numbers masked, since the page may be looked at over a shoulder; for the office
  /// with the words that decided what it is about.
  private static func opinion(
    _ words: Words, _ statement: Statement, _ classification: Classification?, marks: Bool, mask: (String) -> String
  ) -> Text {
    func text(_ text: String, _ field: Classification.Span.Field) -> [MarkedText.Piece] {
      let masked = classification?.reading?.masked(text, field: field) ?? mask(text)
      let spans = marks ? (classification?.spans ?? []).filter { $0.field == field } : []
      return MarkedText(masked, spans).pieces
    }
    return Text(
      label: words.opinion, subtitle: statement.title.map { text($0, .title) } ?? [],
      hasSubtitle: statement.title != nil, pieces: text(statement.text, .text))
  }

  private static func facts(
    _ words: Words, _ summary: CaseSummary, _ progress: CaseProgress, isOverdue: Bool,
    mask: (String) -> String
  ) -> [Fact] {
    let deadline = summary.deadline
    let (received, recorded) = (summary.submission.received, summary.submission.recorded)
    let distance = recorded.instant - received.instant
    let isLateRecord = max(distance, .zero - distance) > .seconds(3600)
    var facts = [
      Fact(label: words.caseNumber, value: summary.number ?? summary.id.text),
      Fact(
        label: words.status, value: words.name(of: summary.phase, overdue: isOverdue),
        note: isOverdue && summary.phase != .open ? words.overdue : nil),
      Fact(
        label: words.received, value: received.instant.forReading,
        note: isLateRecord ? Self.recorded(recorded, words) : nil),
      Fact(label: words.deadline, value: deadline.due.description, note: Self.rules(deadline, words)),
    ]
    if deadline.provisional { facts.append(Fact(label: words.provisional, value: words.provisionalNote)) }
    if let assignment = progress.assignment {
      facts.append(Fact(label: words.owner, value: assignment.owner.name))
      facts.append(Fact(label: words.reason, value: assignment.reason))
    } else {
      facts.append(Fact(label: words.owner, value: words.noOwner))
    }
    if let classification = progress.classification {
      let sure = "\(words.confidence) \(Int((min(max(classification.confidence, 0), 1) * 100).rounded()))%"
      facts.append(Fact(label: words.category, value: classification.category, note: sure))
      if !classification.why.isEmpty {
        facts.append(Fact(label: words.why, value: classification.why.joined(separator: " · ")))
      }
    }
    if let address = summary.submission.statement.address {
      facts.append(Fact(label: words.address, value: mask(address)))
    }
    return facts
  }

  /// Shown where it differs from the given time by more than an hour.
  private static func recorded(_ time: GivenTime, _ words: Words) -> String {
    "\(words.recorded) \(time.instant.forReading)"
  }

  static func rules(_ deadline: CaseEvent.ReplyDeadline, _ words: Words) -> String {
    "\(deadline.workingDays) \(words.workingDays) · \(words.calendar) \(deadline.calendar) · "
      + "\(words.policy) \(deadline.policy)"
  }

  private static func detail(of event: CaseEvent, _ words: Words, mask: (String) -> String) -> String {
    func list(_ parts: String?...) -> String {
      parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }
    return switch event {
    case .opened(let data): "\(words.due) \(data.deadline.due)"
    case .classified(let data):
      ([data.category] + data.why + [data.correction?.by, data.correction?.reason].compactMap(\.self))
        .joined(separator: " · ")
    case .assigned(let data): "\(data.owner.name) · \(data.reason)"
    case .signed(let data): list(data.owner.name, data.by == data.owner.name ? nil : data.by)
    case .signOverdue(let data): list(data.owner.name, "\(data.due)")
    case .returned(let data): list(data.from.name, data.reason)
    case .transferred(let data): list("\(data.from.name) → \(data.to)", data.reason)
    case .coHandled(let data): list(data.with.joined(separator: "、"), data.reason)
    case .escalated(let data): list(data.from.name, data.to ?? data.level, data.reason)
    case .reminded(let data), .overdue(let data), .reported(let data), .reviewDue(let data):
      "\(words.due) \(data.due)"
    case .supervised(let data):
      list(data.leader, data.number.map { "#\($0)" }, data.deadline.map { "\(words.due) \($0.due)" })
    case .supervisionRequested(let data): list(data.leader, data.reason)
    case .supervisionDenied(let data): list(data.leader, data.reason)
    case .overdueWithdrawn(let data): "\(words.reply) \(data.repliedAt.instant.forReading)"
    case .deadlineChanged(let data): list("\(data.from.due) → \(data.to.due)", data.reason, rules(data.to, words))
    case .raised(let data), .extended(let data), .resumed(let data):
      list("\(data.from.due) → \(data.to.due)", data.by, data.reason)
    case .extensionRequested(let data): list("\(data.workingDays) \(words.workingDays)", data.by, data.reason)
    case .extensionDenied(let data), .erased(let data): list(data.by, data.reason)
    case .disclosed(let data): list(data.by, data.reason)
    case .paused(let data): list(data.by, data.reason, data.until.instant.forReading)
    case .replied(let data): "\(data.reply.by) · \(EventWords.method(data.reply.method.rawValue, in: words.language))"
    case .refused(let data): list(data.refusal.by, data.refusal.ground, data.refusal.reason)
    case .delivered(let data), .undelivered(let data): list(data.channel, data.reason)
    case .supplemented(let data):
      [data.statement.title, data.statement.text].compactMap { $0 }.map(mask).joined(separator: "\n")
    // Which one is for those to know who may see it.
    case .similarFound(let data): "\(Int((min(max(data.score, 0), 1) * 100).rounded()))%"
    case .rated(let data):
      list(EventWords.satisfaction(data.satisfaction.rawValue, in: words.language), data.text.map(mask))
    case .reopened(let data): list(data.by, data.reason, "\(words.due) \(data.deadline.due)")
    case .merged(let data): list(data.into.text, data.by, data.reason)
    case .unmerged(let data): list(data.from.text, data.by, data.reason)
    case .joined(let data): data.other.text
    case .parted(let data): data.other.text
    case .mergeDeclined(let data): list(data.other.text, data.reason)
    case .reviewed(let data): list(data.by, data.text)
    case .refusedCommand(let data): list(data.by, data.reason)
    case .closed(let data): list(data.by)
    }
  }
}
