import EventLog
import Foundation
import Time

/// A store on the local disk, with the changelog's offset of which it is the state: what lets a restart read only the
/// changelog's tail. It is never needed; one that is missing, torn, foreign or too old costs only time.
///
/// Written beside the old one, synced, and put in its place by a rename, so that a crash leaves one or the other whole.
/// The entries lie in it as in memory (``PackedTable``), so that it is read in one go.
struct Snapshot {
  /// `nil` keeps none.
  let folder: String?
  /// Tells apart the files that two writers are at.
  let writer: String
  let log: String
  let changelog: TopicPartition

  private var path: String? { folder.map { "\($0)/\(changelog.topic)-\(changelog.partition).snapshot" } }

  /// Read by the machine that wrote it; another one's byte order is another magic.
  private static let magic = UInt64(0x4855_4959_494e_0002)
  private static let pieceSize = 1 << 20

  /// - Throws: an error of the file system.
  func write(_ store: StateStore, at time: Instant) throws {
    guard let folder, let path else { return }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let new = "\(path).\(self.writer).new"
    guard FileManager.default.createFile(atPath: new, contents: nil), let file = FileHandle(forWritingAtPath: new)
    else {
      throw CocoaError(.fileWriteUnknown)
    }
    var checksum = Checksum()
    func put(_ bytes: [UInt8]) throws {
      bytes.withUnsafeBytes { checksum.add($0) }
      try file.write(contentsOf: Data(bytes))
    }
    var size = 0
    for slot in store.table.slots { size += store.table.packed(at: slot).count }
    try put(head(store, size: size, at: time))
    var piece: [UInt8] = []
    piece.reserveCapacity(Self.pieceSize + (Self.pieceSize >> 2))
    for slot in store.table.slots {
      piece.append(contentsOf: store.table.packed(at: slot))
      if piece.count < Self.pieceSize { continue }
      try put(piece)
      piece.removeAll(keepingCapacity: true)
    }
    try put(piece)
    try file.write(contentsOf: withUnsafeBytes(of: checksum.value) { Data($0) })
    try file.synchronize()
    try file.close()
    guard rename(new, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    let directory = open(folder, O_RDONLY)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
  }

  /// Of a whole number of words, as all of the file.
  private func head(_ store: StateStore, size: Int, at time: Instant) -> [UInt8] {
    var names = ByteWriter()
    names.write(log)
    names.write(changelog.topic)
    var writer = ByteWriter()
    writer.write(Self.magic)
    writer.write(UInt64((names.bytes.count + 7) & ~7))
    writer.write(UInt64(changelog.partition))
    writer.write(store.changelogOffset)
    writer.write(time.milliseconds)
    writer.write(UInt64(store.table.count))
    writer.write(UInt64(size))
    return writer.bytes + names.bytes + [UInt8](repeating: 0, count: (8 - names.bytes.count % 8) % 8)
  }

  /// - Parameters:
  ///   - bounds: of the changelog.
  ///   - oldest: before this moment tombstones may be gone from the changelog that a snapshot would miss.
  /// - Returns: `nil` if there is none that is whole, of this log and changelog, and fresh enough.
  func read(within bounds: Range<Offset>, notBefore oldest: Instant) -> StateStore? {
    guard let path, let file = FileHandle(forReadingAtPath: path), let length = try? file.seekToEnd(),
      (try? file.seek(toOffset: 0)) != nil
    else { return nil }
    defer { try? file.close() }
    do {
      guard let fixed = try file.read(upToCount: 56), fixed.count == 56 else { return nil }
      let (namesSize, offset, count, size) =
        try fixed.withUnsafeBytes { bytes -> (Int, Offset, Int, Int)? in
          var reader = ByteReader(bytes)
          guard try reader.read(UInt64.self) == Self.magic else { return nil }
          let namesSize: UInt64 = try reader.read()
          guard try reader.read(UInt64.self) == changelog.partition else { return nil }
          let offset: Offset = try reader.read()
          let written = Instant(milliseconds: try reader.read())
          let count: UInt64 = try reader.read()
          let size: UInt64 = try reader.read()
          guard (bounds.lowerBound...bounds.upperBound).contains(offset), written >= oldest, namesSize <= 1 << 20,
            size < length, count <= size / 8, 56 + namesSize + size + 8 == length, size % 8 == 0
          else { return nil }
          return (Int(namesSize), offset, Int(count), Int(size))
        } ?? (-1, 0, 0, 0)
      guard namesSize >= 0, let names = try file.read(upToCount: namesSize), names.count == namesSize else {
        return nil
      }
      let isOurs = try names.withUnsafeBytes { bytes in
        var reader = ByteReader(bytes)
        return try reader.readText() == log && reader.readText() == changelog.topic
      }
      guard isOurs else { return nil }
      var checksum = Checksum()
      fixed.withUnsafeBytes { checksum.add($0) }
      names.withUnsafeBytes { checksum.add($0) }
      guard let block = try Self.readBlock(of: size, from: file, &checksum) else { return nil }
      guard let table = PackedTable(packed: block, size: size, count: count) else { return nil }
      return StateStore(partition: changelog.partition, changelogOffset: offset, table: table)
    } catch {
      return nil
    }
  }

  /// - Returns: memory of `malloc` that is the caller's; `nil` if the file is not what its checksum says.
  private static func readBlock(
    of size: Int, from file: FileHandle, _ checksum: inout Checksum
  ) throws -> UnsafeMutableRawPointer? {
    guard let block = malloc(max(size, 8)) else { return nil }
    var place = 0
    while place < size {
      let count = Foundation.read(file.fileDescriptor, block + place, min(size - place, pieceSize))
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      place += count
    }
    checksum.add(UnsafeRawBufferPointer(start: block, count: size))
    var stored = UInt64(0)
    let count = withUnsafeMutableBytes(of: &stored) { Foundation.read(file.fileDescriptor, $0.baseAddress!, 8) }
    if place == size, count == 8, stored == checksum.value { return block }
    free(block)
    return nil
  }

  /// FNV-1a over words of eight bytes: finds a disk's errors, not an attacker's work.
  private struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// - Parameter bytes: a whole number of words.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
      var hash = value
      for index in 0..<(bytes.count / 8) {
        hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)) &* 0x100_0000_01b3
        hash ^= hash >> 32
      }
      value = hash
    }
  }
}
