package import Cases
package import EventLog
import Streams
package import Time

/// The directory as the topic `directory` holds it.
package enum DirectoryTopic {
  /// What putting a directory in force changes, by the keys of its entries, such as `station/liuhe`; sorted.
  package struct Change: Sendable {
    package var added: [String] = []
    package var changed: [String] = []
    package var removed: [String] = []
    /// The version in force before; `nil` if there was none that is whole.
    package var before: String?
    /// To be appended in one transaction; none, if the topic says just this.
    package var outputs: [Output] = []
  }

  /// The directory in force; `nil` if the topic says nothing whole. Blocks its thread.
  /// - Throws: ``LogError``, also where there is no such topic; ``InvalidDirectory``.
  package static func directory(in log: any EventLog) throws -> Directory? {
    try read(log).whole.map { try Directory(records: $0.entries.values) }
  }

  /// What makes this the directory in force. Blocks its thread.
  package static func change(
    to directory: Directory, in log: any EventLog, at now: Instant
  ) throws(LogError) -> Change {
    let (table, whole) = try read(log)
    let present = table.entries
    let wanted = Broadcast(Topics.directory, directory.records)
    var change = Change()
    if let whole, let before = try? Directory(records: whole.entries.values) { change.before = before.version }
    guard whole?.digest != wanted.digest else { return change }
    for key in Set(present.keys).union(wanted.entries.keys) where key != Broadcast.wholeKey {
      let name = String(decoding: key, as: UTF8.self)
      switch (present[key], wanted.entries[key]) {
      case (nil, .some): change.added.append(name)
      case (.some, nil): change.removed.append(name)
      case (let old, let new): if old != new { change.changed.append(name) }
      }
    }
    change.added.sort()
    change.changed.sort()
    change.removed.sort()
    let envelope = CloudEvent(
      id: directory.version, source: Sources.directory, type: EventTypes.directoryEntry, time: GivenTime(now))
    change.outputs = wanted.outputs(from: present, as: envelope)
    return change
  }

  private static func read(_ log: any EventLog) throws(LogError) -> (table: BroadcastTable, whole: Broadcast?) {
    let reader = try log.openReader()
    defer { reader.close() }
    var reading = try BroadcastReading(Topics.directory, of: log, reader)
    let whole = try reading.catchUp()
    return (reading.table, whole)
  }
}
