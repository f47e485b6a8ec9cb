import EventLog
import Foundation
import Time

/// A store on the local disk, with the changelog's offset of which it is the state: what lets a restart read only the
/// changelog's tail. It is never needed; one that is missing, torn, foreign or too old costs only time.
///
/// Written beside the old one, synced, and put in its place by a rename, so that a crash leaves one or the other whole.
struct Snapshot {
  /// `nil` keeps none.
  let folder: String?
  /// Tells apart the files that two writers are at.
  let writer: String
  let log: String
  let changelog: TopicPartition

  private var path: String? { folder.map { "\($0)/\(changelog.topic)-\(changelog.partition).snapshot" } }

  private static let magic: [UInt8] = Array("HUIYIN-SNAPSHOT-1".utf8)

  /// - Throws: an error of the file system.
  func write(_ store: StateStore, at time: Instant) throws {
    guard let folder, let path else { return }
    var writer = ByteWriter()
    writer.write(Self.magic)
    writer.write(log)
    writer.write(changelog.topic)
    writer.write(UInt32(changelog.partition))
    writer.write(store.changelogOffset)
    writer.write(time.milliseconds)
    writer.write(UInt64(store.entries.count + store.held.count))
    for (key, value) in store.entries {
      writer.write(ChangelogKey.entry(key).encoded)
      writer.write(value)
    }
    for (key, value) in store.held {
      writer.write(key.encoded)
      writer.write(value)
    }
    writer.write(Self.checksum(writer.bytes[...]))

    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let new = "\(path).\(self.writer).new"
    guard FileManager.default.createFile(atPath: new, contents: nil), let file = FileHandle(forWritingAtPath: new)
    else {
      throw CocoaError(.fileWriteUnknown)
    }
    try file.write(contentsOf: Data(writer.bytes))
    try file.synchronize()
    try file.close()
    guard rename(new, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    let directory = open(folder, O_RDONLY)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// - Parameters:
  ///   - bounds: of the changelog.
  ///   - oldest: before this moment tombstones may be gone from the changelog that a snapshot would miss.
  /// - Returns: `nil` if there is none that is whole, of this log and changelog, and fresh enough.
  func read(within bounds: Range<Offset>, notBefore oldest: Instant) -> StateStore? {
    guard let path, let data = FileManager.default.contents(atPath: path) else { return nil }
    let bytes = Array(data)
    guard bytes.count > 8 else { return nil }
    do {
      var end = ByteReader(bytes[(bytes.count - 8)...])
      guard try end.read(UInt64.self) == Self.checksum(bytes.dropLast(8)) else { return nil }
      var reader = ByteReader(bytes.dropLast(8))
      guard try reader.readBytes() == Self.magic, try reader.readText() == log,
        try reader.readText() == changelog.topic, Int(try reader.read(UInt32.self)) == changelog.partition
      else { return nil }
      let offset: Offset = try reader.read()
      let written = Instant(milliseconds: try reader.read())
      guard (bounds.lowerBound...bounds.upperBound).contains(offset), written >= oldest else { return nil }
      let store = StateStore(partition: changelog.partition, changelogOffset: offset)
      for _ in 0..<(try reader.read(UInt64.self)) {
        let key = try ChangelogKey(encoded: try reader.readBytes())
        store.restore(key, try reader.readBytes())
      }
      return reader.isAtEnd ? store : nil
    } catch {
      return nil
    }
  }

  /// FNV-1a over words of eight bytes: finds a disk's errors, not an attacker's work.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    bytes.withUnsafeBytes { buffer in
      let words = buffer.count / 8
      for index in 0..<words {
        hash = (hash ^ buffer.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) &* 0x100_0000_01b3
        hash ^= hash >> 32
      }
      for byte in buffer[(words * 8)...] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return hash
  }
}
