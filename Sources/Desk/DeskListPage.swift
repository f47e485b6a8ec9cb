import Cases
import Monitoring
import Time
import WebPages

/// What the template `desk-list` is filled with: nothing that a citizen wrote or is.
struct DeskListPage {
  struct Count {
    let label: String
    let value: Int
  }

  struct Card {
    let address: String
    let number: String
    let category: String
    let received: String
    let due: String
    let isProvisional: Bool
    let distance: String
    let isLate: Bool
    let stage: String
    let owner: String?
  }

  struct Section {
    let title: String
    let count: Int
    let cards: [Card]
  }

  let frame: PageFrame
  let w: DeskWords
  let counts: [Count]
  let sections: [Section]
  let isEmpty: Bool
  let next: String?
  let isFurther: Bool
  let trouble: String?

  /// Whose a case is, seen from this desk.
  enum Relation: CaseIterable {
    case offered, owned, helped, watched

    var title: Phrase {
      switch self {
      case .offered: Phrase("待签收", "Offered to me")
      case .owned: Phrase("办理中", "Mine")
      case .helped: Phrase("协办", "I help with")
      case .watched: Phrase("督办/下级", "I watch over")
      }
    }
  }

  /// What a supervisor is to decide or see to, beside the list.
  struct Duty {
    let duty: CaseDuty
    let lines: [CaseLine]
    let total: Int

    var title: Phrase {
      switch duty {
      case .extensionRequest: Phrase("待审批的延期申请", "Extensions to decide")
      case .keySupervision: Phrase("重点督办", "Key supervisions")
      case .review: Phrase("待回头看", "To be looked at again")
      }
    }
  }

  init(
    _ language: Language, _ person: PageFrame.Person, version: Int?, counts: CaseCounts, listing: CaseListing,
    relations: [CaseID: Relation], duties: [Duty], isFurther: Bool, at now: Instant, calendar: WorkingCalendar
  ) {
    let words = DeskWords(language)
    w = words
    frame = PageFrame(
      language, heading: words.desk, here: .desk, person: person, asOf: now.forReading, isLive: true,
      version: version)
    self.counts = [
      Count(label: words.openCount, value: counts.open), Count(label: words.dueToday, value: counts.dueToday),
      Count(label: words.dueSoon, value: counts.dueSoon), Count(label: words.overdueCount, value: counts.overdue),
      Count(label: words.repliedCount, value: counts.replied),
    ]
    func card(_ line: CaseLine) -> Card {
      let category = [line.category, line.subcategory].compactMap(\.self).joined(separator: " › ")
      return Card(
        address: "/desk/cases/\(line.id)", number: line.number ?? line.id.text,
        category: category.isEmpty ? words.noCategory : category, received: line.received.instant.forReading,
        due: line.due.description, isProvisional: line.provisional,
        distance: line.stage == .paused && !line.overdue
          ? words.name(of: .paused) : words.distance(to: line.due, isOverdue: line.overdue, at: now, calendar),
        isLate: line.overdue, stage: words.name(of: line.stage), owner: line.owner?.name)
    }
    let dutySections = duties.filter { !$0.lines.isEmpty }.map { duty in
      Section(title: duty.title(language), count: duty.total, cards: duty.lines.map(card))
    }
    sections =
      dutySections
      + Relation.allCases.compactMap { relation in
        let cards = listing.lines.filter { relations[$0.id] == relation }.map(card)
        return cards.isEmpty ? nil : Section(title: relation.title(language), count: cards.count, cards: cards)
      }
    isEmpty = sections.isEmpty
    next = listing.next.map { "/desk?after=\($0)" }
    self.isFurther = isFurther
    trouble = listing.isCursorUnknown ? words.badCursor : nil
  }
}
