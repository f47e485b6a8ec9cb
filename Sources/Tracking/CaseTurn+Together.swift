import Cases
import Streams

/// 并案: cases that are handled together. One leads; each of the others keeps its own deadline, is answered when the one
/// that leads is, and has its own feedback, rating and reopening. What one case must tell another goes by way of
/// ``RelayProcessor``.
extension CaseTurn {
  /// How many cases may be handled together with one.
  static let mostMembers = 500

  mutating func merge(_ merge: CaseCommand.Merge, _ input: CommandRecord) {
    guard merge.into != caseID else { return refuse(input, "it can't be handled together with itself") }
    guard opened.members?.isEmpty ?? true else {
      return refuse(input, "other cases are handled together with it: it leads, and can't follow")
    }
    opened.aside = opened.stage
    opened.stage = .merged
    clear(.sign)
    opened.mergedInto = merge.into
    emit(.merged(CaseEvent.Merged(into: merge.into, by: merge.by, reason: merge.reason)), at: input.time)
  }

  mutating func unmerge(_ unmerge: CaseCommand.Unmerge, _ input: CommandRecord) {
    guard let lead = opened.mergedInto, unmerge.from ?? lead == lead else {
      return refuse(input, "it is not handled together with that case")
    }
    opened.stage = opened.aside ?? .assigned
    opened.aside = nil
    opened.mergedInto = nil
    emit(.unmerged(CaseEvent.Unmerged(from: lead, by: unmerge.by, reason: unmerge.reason)), at: input.time)
    guard opened.stage == .assigned else { return }
    // The time to sign begins anew.
    opened.offers += 1
    setSignTimer()
  }

  mutating func recordMerged(_ record: CaseCommand.RecordMerged, _ input: CommandRecord) {
    let members = opened.members ?? []
    if let reason = refusalToLead(members.count) {
      emit(.mergeDeclined(CaseEvent.MergeDeclined(other: record.other, reason: reason)), at: input.time)
    } else if members.contains(record.other) {
      effects.append(Self.duplicate(of: input))
    } else {
      opened.members = members + [record.other]
      emit(.joined(CaseEvent.Joined(other: record.other)), at: input.time)
    }
  }

  private func refusalToLead(_ count: Int) -> String? {
    switch opened.stage {
    case .merged: "it is itself handled together with another case"
    case .replied, .closed: "it has been answered already"
    case .assigned, .signed, .paused:
      count < Self.mostMembers ? nil : "\(count) cases are handled together with it, as many as may be"
    }
  }

  mutating func recordUnmerged(_ record: CaseCommand.RecordMerged, _ input: CommandRecord) {
    guard opened.members?.contains(record.other) == true else { return effects.append(Self.duplicate(of: input)) }
    opened.members?.removeAll { $0 == record.other }
    if opened.members?.isEmpty == true { opened.members = nil }
    emit(.parted(CaseEvent.Parted(other: record.other)), at: input.time)
  }
}
