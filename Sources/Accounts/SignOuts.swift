import Foundation
import Synchronization
import Time

/// The sessions that ended before their time, so that a copy of their cookie opens nothing.
///
/// One file for each day on which such sessions would have ended, an id on each line, only ever added to: several
/// processes may share the folder, and each sees what the others add. Files of days gone by are removed. Processes on
/// machines of their own don't see each other's: there a copied cookie lives until it is idle.
package final class SignOuts: Sendable {
  package struct Failure: Error, Equatable {
    package let reason: String
  }

  private struct State {
    /// By day, with how far its file has been read.
    var days: [CalendarDate: (ids: Set<String>, position: UInt64)] = [:]
  }

  private let folder: String?
  private let state = Mutex(State())

  /// - Parameter folder: made if it is missing; without one nothing outlives the process.
  package init(folder: String?) throws(Failure) {
    self.folder = folder
    guard let folder else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(reason: "the folder \(folder) can't be made: \(error.localizedDescription)")
    }
  }

  func contains(_ session: Session) -> Bool {
    let day = Self.day(session.end)
    return state.withLock { $0.days[day]?.ids.contains(session.id) ?? false }
  }

  /// From now on, here. Blocks until it is on the disk, too.
  func add(_ session: Session) throws(Failure) {
    let day = Self.day(session.end)
    state.withLock { _ = $0.days[day, default: ([], 0)].ids.insert(session.id) }
    guard let folder else { return }
    // A line of its own even where one before was torn.
    try Self.append("\n\(session.id)\n", to: "\(folder)/\(day)")
  }

  /// Reads what other processes have added, and forgets days gone by. Blocks, for the time of two short reads.
  func refresh(at now: Instant) {
    let today = Self.day(now)
    // A session ends today or tomorrow.
    for day in [today, today.advanced(byDays: 1)] { read(day) }
    state.withLock { state in state.days = state.days.filter { $0.key >= today } }
    removeFiles(before: today)
  }

  private func read(_ day: CalendarDate) {
    guard let folder, let file = FileHandle(forReadingAtPath: "\(folder)/\(day)") else { return }
    defer { try? file.close() }
    let position = state.withLock { $0.days[day]?.position ?? 0 }
    guard (try? file.seek(toOffset: position)) != nil, let data = try? file.readToEnd(),
      let end = data.lastIndex(of: UInt8(ascii: "\n"))
    else { return }
    let whole = data[...end]
    let ids = whole.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    state.withLock { state in
      state.days[day, default: ([], 0)].ids.formUnion(ids)
      state.days[day]?.position = position + UInt64(whole.count)
    }
  }

  private func removeFiles(before today: CalendarDate) {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    for name in names {
      if let day = CalendarDate(name), day < today { unlink("\(folder)/\(name)") }
    }
  }

  private static func append(_ line: String, to file: String) throws(Failure) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(file) }
    defer { close(descriptor) }
    let bytes = Array(line.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else { throw failure(file) }
  }

  private static func failure(_ file: String) -> Failure {
    Failure(reason: "the file \(file) can't be written: \(String(cString: strerror(errno)))")
  }

  private static func day(_ time: Instant) -> CalendarDate { TimeOffset.utc.date(of: time) }
}
