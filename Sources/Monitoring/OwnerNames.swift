import Cases
import GRDB
import Time

/// What owners are called in the events that they act in: for those whom no directory names. The latest event counts,
/// whichever was read first.
struct OwnerNames {
  private struct Said {
    var owner: Owner
    var at: Int64

    func isReplaced(by other: Said) -> Bool {
      (at, owner.name, owner.kind.rawValue) < (other.at, other.owner.name, other.owner.kind.rawValue)
    }
  }

  private var said: [String: Said] = [:]

  mutating func take(_ event: RecordedEvent) {
    let owner: Owner? =
      switch event.event {
      case .assigned(let assignment): assignment.owner
      case .signed(let signed): signed.owner
      case .replied(let replied): replied.owner
      case .refused(let refused): refused.owner
      default: nil
      }
    guard let owner else { return }
    let new = Said(owner: owner, at: event.time?.instant.milliseconds ?? .min)
    if said[owner.id].map({ $0.isReplaced(by: new) }) ?? true { said[owner.id] = new }
  }

  func store(in db: Database) throws {
    for (id, new) in said {
      let kind = OwnerColumns.place(of: new.owner.kind)
      let known = try db.cachedStatement(sql: "SELECT kind, name, said FROM owners WHERE id = ?")
      if let row = try Row.fetchOne(known, arguments: [id]),
        let owner = OwnerColumns.owner(kind: row["kind"], id: id, name: row["name"]),
        !Said(owner: owner, at: row["said"]).isReplaced(by: new)
      {
        continue
      }
      try db.cachedStatement(sql: "INSERT OR REPLACE INTO owners (id, kind, name, said) VALUES (?, ?, ?, ?)")
        .execute(arguments: [id, kind, new.owner.name, new.at])
    }
  }
}
