import EventLog
import GRDB
import Logging
import Time

/// A member's place in its group: it is kept by a lease, and lost when the lease runs out and another member notices, or
/// when a newer member comes with the same id.
final class Seat {
  let membership: Membership
  let group: Int64
  /// The generation in which the member joined: tells it from others of the same id.
  private(set) var incarnation: Int64
  /// Until when the group waits for this member.
  var lease: Instant
  /// The soonest end of another member's lease, as far as is known.
  private var othersLease = Instant.distantPast
  private let connection: Connection
  private let file: LogFile
  private let logger: Logger

  /// Joins the group, in the place of whoever has this id.
  init(_ membership: Membership, connection: Connection) throws(LogError) {
    let file = connection.file
    self.membership = membership
    self.connection = connection
    self.file = file
    logger = file.settings.logger
    lease = file.settings.now() + membership.sessionTimeout
    let joined = try connection.write { db in
      try Group.join(membership, takingOver: true, file: file, in: db)
    }
    guard let joined else { throw Self.fenced(membership) }
    group = joined.group
    incarnation = joined.incarnation
    if joined.tookOver {
      logger.warning(
        "took over the id of a member that had not left",
        metadata: ["group": "\(membership.group)", "member": "\(membership.member)"])
    }
  }

  /// Renews the lease when less than two thirds of it are left, and sees to members whose own has run out. Costs nothing
  /// otherwise.
  /// - Returns: `false` if the seat was found lost.
  func keepAlive() throws(LogError) -> Bool {
    let now = file.settings.now()
    var isKept = true
    if (lease - now).inSeconds * 3 < membership.sessionTimeout.inSeconds * 2 {
      let renewed = renewedLease()
      isKept = try connection.write(announced: false) { db in try self.renew(until: renewed, in: db) }
      lease = renewed
    }
    if now >= othersLease {
      if try soonestLease() <= now { try expireOthers() }
      othersLease = try soonestLease()
    }
    return isKept
  }

  func renewedLease() -> Instant {
    file.settings.now() + membership.sessionTimeout
  }

  /// - Returns: whether the seat was still there to be kept.
  @discardableResult
  func renew(until lease: Instant, in db: Database) throws -> Bool {
    try db.perform(
      "UPDATE members SET lease = ? WHERE consumer_group = ? AND id = ? AND incarnation = ?",
      [lease.milliseconds, group, membership.member, incarnation])
    return db.changesCount > 0
  }

  /// The group has changed: other leases count now.
  func forgetOthers() {
    othersLease = .distantPast
  }

  private func soonestLease() throws(LogError) -> Instant {
    let soonest = try connection.read { db in
      try db.integer(
        "SELECT min(lease) FROM members WHERE consumer_group = ? AND id <> ?", [group, membership.member])
    }
    return soonest.map { Instant(milliseconds: $0) } ?? .distantFuture
  }

  private func expireOthers() throws(LogError) {
    let expired = try connection.write { db in
      try Group.expire(self.group, besides: self.membership.member, file: self.file, in: db)
    }
    if expired == 0 { return }
    logger.info(
      "gave the partitions of silent members to others",
      metadata: ["group": "\(membership.group)", "members": "\(expired)"])
  }

  /// - Returns: `false` if the group took this member for dead.
  /// - Throws: ``LogError/Code/fenced`` if another member has its id now.
  func isKept(in db: Database) throws -> Bool {
    let found = try db.integer(
      "SELECT incarnation FROM members WHERE consumer_group = ? AND id = ?", [group, membership.member])
    if let found, found != incarnation { throw Self.fenced(membership) }
    return found != nil
  }

  /// Takes a new seat after the old one was lost to silence.
  func rejoin() throws(LogError) {
    let renewed = renewedLease()
    let joined = try connection.write { db in
      try Group.join(self.membership, takingOver: false, file: self.file, in: db)
    }
    guard let joined else { throw Self.fenced(membership) }
    incarnation = joined.incarnation
    lease = renewed
    logger.info(
      "joined again after the group had given up waiting",
      metadata: ["group": "\(membership.group)", "member": "\(membership.member)"])
  }

  func leave() {
    do {
      try connection.write { db in
        try Group.leave(
          self.group, member: self.membership.member, incarnation: self.incarnation, file: self.file, in: db)
      }
    } catch {
      logger.warning(
        "could not leave the group; it waits for the session to time out",
        metadata: ["group": "\(membership.group)", "member": "\(membership.member)", "reason": "\(error.reason)"])
    }
  }

  private static func fenced(_ membership: Membership) -> LogError {
    LogError(
      .fenced,
      "another member of group \(membership.group) has the id \(membership.member): each needs one of its own",
      recovery: .stop)
  }
}
