import Cases
import Monitoring
import Time

/// What the page of a case is made from.
struct CaseReading: Sendable {
  /// Another case that has to do with it, and that the reader may see too.
  struct Kin: Hashable, Sendable {
    enum Bond: Hashable, Sendable {
      /// - Parameter score: 0 … 1.
      case similar(score: Double)
      /// This one is handled with it.
      case into
      /// It is handled with this one.
      case member
    }

    let line: CaseLine
    let bond: Bond
  }

  let history: CaseHistory
  let told: [ToldLine]
  let kin: [Kin]

  init(history: CaseHistory, told: [ToldLine] = [], kin: [Kin] = []) {
    self.history = history
    self.told = told
    self.kin = kin
  }

  /// `nil` for a case that isn't known, or isn't theirs.
  init?(_ id: CaseID, _ model: ReadModel, for scope: CaseScope, at now: Instant) throws {
    guard try model.isVisible(id, to: scope), let history = try model.history(of: id) else { return nil }
    self.history = history
    told = try model.told(of: id)
    let summary = history.summary
    var bonds: [(CaseID, Kin.Bond)] = summary.mergedInto.map { [($0, .into)] } ?? []
    bonds += summary.members.map { ($0, .member) }
    for event in history.events {
      if case .similarFound(let found) = event.event { bonds.append((found.other, .similar(score: found.score))) }
    }
    var kin: [Kin] = []
    for (other, bond) in bonds.prefix(Self.mostKin) where !kin.contains(where: { $0.line.id == other }) {
      guard let line = try model.find(other.text, in: scope, at: now).first(where: { $0.id == other }) else { continue }
      kin.append(Kin(line: line, bond: bond))
    }
    self.kin = kin
  }

  private static let mostKin = 50
}
