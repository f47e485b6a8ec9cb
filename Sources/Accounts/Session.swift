import Cases
package import Time

/// One sign-in, as the browser carries it: `NAME:ISSUED:SEEN:ID:MARK`, the times in milliseconds, the mark made under the
/// secret of the sessions. Nothing of it is stored here.
///
/// The mark covers ``User/stamp`` too, so that a session ends when the password or the role of its user changes.
package struct Session: Hashable, Sendable {
  /// After the sign-in, whatever is done meanwhile.
  package static let longest = Duration.seconds(12 * 3600)
  /// After the last request, as far as ``renewal`` has noted it.
  package static let idle = Duration.seconds(60 * 60)
  /// How old the note of the last request may get: so an idle session ends after 55 to 60 minutes.
  static let renewal = Duration.seconds(5 * 60)
  /// How far the clocks of several machines may differ.
  private static let skew = Duration.seconds(60)

  package let user: String
  /// When they signed in.
  package let issued: Instant
  /// When they were last seen, in steps of ``renewal``.
  package let seen: Instant
  /// 1 to 64 of `A–Z a–z 0–9 - _` that nobody can guess.
  package let id: String

  init(user: String, issued: Instant, seen: Instant, id: String) {
    self.user = user
    self.issued = issued
    self.seen = seen
    self.id = id
  }

  /// Reads what a browser sent.
  /// - Parameter stamp: of the user of that name, if there is one.
  /// - Returns: `nil` unless it is whole and ours, and its user is still who they were. It may be over: see
  ///   ``isOver(at:)``.
  init?(_ text: String, under secret: CaseKey.Secret, stamp: (_ name: String) -> String?) {
    guard text.utf8.count <= 300 else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 5, let issued = Self.time(parts[1]), let seen = Self.time(parts[2]), !parts[3].isEmpty
    else { return nil }
    let session = Session(user: String(parts[0]), issued: issued, seen: seen, id: String(parts[3]))
    guard let stamp = stamp(session.user),
      secret.verifies(String(parts[4]), purpose: Self.purpose, session.message(stamp))
    else { return nil }
    self = session
  }

  func text(under secret: CaseKey.Secret, stamp: String) -> String {
    let mark = secret.mark(purpose: Self.purpose, message(stamp))
    return "\(user):\(issued.milliseconds):\(seen.milliseconds):\(id):\(mark)"
  }

  func isOver(at now: Instant) -> Bool {
    issued > now + Self.skew || seen > now + Self.skew || now >= end || now >= seen + Self.idle
  }

  /// When it is over at the latest.
  var end: Instant { issued + Self.longest }

  func isDue(at now: Instant) -> Bool { now >= seen + Self.renewal }

  func renewed(at now: Instant) -> Session { Session(user: user, issued: issued, seen: now, id: id) }

  /// One time has one text.
  private static func time(_ text: Substring) -> Instant? {
    guard let milliseconds = Int64(text), text == "\(milliseconds)" else { return nil }
    return Instant(milliseconds: milliseconds)
  }

  /// None of the first four has a line feed.
  private func message(_ stamp: String) -> String {
    "\(user)\n\(issued.milliseconds)\n\(seen.milliseconds)\n\(id)\n\(stamp)"
  }

  private static let purpose = "session"
}
