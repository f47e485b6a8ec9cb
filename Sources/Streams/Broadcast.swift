package import EventLog

/// All that a compacted topic says at one moment, for everyone who reads it: the newest value of each key.
///
/// Whoever changes it writes what has changed and, last, the record with the key `whole`, whose header
/// `huiyin_whole` names the number of the keys and the digest of all that must be there. A reader that has read only a
/// part of a change sees by it that it has, and goes by what it knew before.
package struct Broadcast: Hashable, Sendable {
  package let topic: String
  /// With that under ``wholeKey``.
  package let entries: [[UInt8]: [UInt8]]
  /// Of ``entries``: the same for the same contents.
  package let digest: String

  package static let wholeKey = Array("whole".utf8)
  package static let wholeHeader = "huiyin_whole"

  package init(_ topic: String, _ entries: [[UInt8]: [UInt8]]) {
    self.init(topic, entries, digest: BroadcastTable(entries).digest)
  }

  init(_ topic: String, _ entries: [[UInt8]: [UInt8]], digest: String) {
    self.topic = topic
    self.entries = entries
    self.digest = digest
  }

  /// What makes a topic say this; to be appended in one transaction where that can be, and else in this order.
  ///
  /// - Parameters:
  ///   - present: what the topic says so far, whole or not.
  ///   - envelope: who says it, and when; each record's id is that of the envelope with `/` and its key behind it.
  /// - Returns: the changed entries in the order of their keys' bytes, tombstones among them, and last the one that says
  ///   that it is whole.
  package func outputs(from present: [[UInt8]: [UInt8]], as envelope: CloudEvent) -> [Output] {
    let keys = Set(entries.keys).union(present.keys).filter { $0 != Self.wholeKey && entries[$0] != present[$0] }
    let changes = keys.sorted { $0.lexicographicallyPrecedes($1) }.map { key in
      guard let value = entries[key] else { return Output(to: topic, Record(key: key, value: nil)) }
      return Output(to: topic, record(key, value, envelope))
    }
    var whole = record(Self.wholeKey, entries[Self.wholeKey] ?? [], envelope)
    whole.headers.append(Header(Self.wholeHeader, digest))
    return changes + [Output(to: topic, whole)]
  }

  private func record(_ key: [UInt8], _ value: [UInt8], _ envelope: CloudEvent) -> Record {
    var event = envelope
    event.id += "/" + String(decoding: key, as: UTF8.self)
    event.data = value
    return event.record(key: key)
  }
}
