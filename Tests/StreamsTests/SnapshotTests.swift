import EventLog
import Streams
import Testing
import Time
import TwoStages

struct SnapshotTests {
  private static let file = "script-changelog-0.snapshot"
  private static let keys = 50

  private let folder: TemporaryFolder
  private let scene: Scene

  /// Fifty keys with state, timers and what waits, and a snapshot of it; then a tail of ten records of changelog.
  init() throws {
    folder = try TemporaryFolder()
    scene = try Self.scene(in: folder)
    for key in 0..<10 { try scene.publish("key-\(key)", "note tail") }
    try scene.settle()
    scene.log.plan { _, _ in nil }
  }

  private static func scene(in folder: TemporaryFolder, identity: String = "scene") throws -> Scene {
    let scene = try Scene(identity: identity)
    for key in 0..<keys { try scene.publish("key-\(key)", "note n\(key);set alarm 1 1000") }
    try scene.publish("key-waits", "wait;emit waited")
    try scene.publish("key-forgotten", "note x")
    try scene.publish("key-forgotten", "forget")
    let worker = scene.worker { $0.snapshots = folder.path }
    try scene.settle(worker)
    worker.finish()
    return scene
  }

  /// Does what can only be done right with all of the state; tells how many records of changelog were read for it.
  private func restart() throws -> Int {
    scene.clock.advance(by: .seconds(2))
    try scene.publish("key-waits", "open")
    try scene.publish("key-0", "wait;emit wrong")
    let worker = scene.worker("two") { $0.snapshots = folder.path }
    try scene.settle(worker)
    worker.finish()
    let out = try scene.out()
    #expect(out.count == Self.keys + 1)
    #expect(out.contains("waited"))
    let state = try scene.state().values.map { String(decoding: $0, as: UTF8.self) }
    for key in 0..<10 { #expect(state.contains { $0.contains(#"["n\#(key)","tail"]"#) }) }
    #expect(state.count == Self.keys + 1 + 1)
    return scene.log.recordsRead
  }

  private var wholeChangelog: Int {
    get throws { try scene.contents.records(of: "script-changelog").count }
  }

  @Test func `of a changelog that a snapshot covers only the tail is read`() throws {
    #expect(folder.files == [Self.file])
    #expect(try restart() == 10)
  }

  @Test func `without a snapshot all of it is read, and the state is the same`() throws {
    try folder.write([], to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test(arguments: [1, 7, 8, 9, 30, 64, 100, 500, 1000, 2000])
  func `a truncated snapshot is ignored`(length: Int) throws {
    let bytes = folder.contents(of: Self.file)
    #expect(bytes.count > 2000)
    try folder.write(bytes.prefix(length), to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test(arguments: 0..<40)
  func `a snapshot with a bit turned over is ignored`(place: Int) throws {
    var bytes = folder.contents(of: Self.file)
    bytes[bytes.count * place / 40 + place % 2] ^= 1 << (place % 8)
    try folder.write(bytes, to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a snapshot with something after its end is ignored`() throws {
    try folder.write(folder.contents(of: Self.file) + [0, 0, 0, 0, 0, 0, 0, 0], to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a snapshot of another log is ignored`() throws {
    let other = try TemporaryFolder()
    _ = try Self.scene(in: other, identity: "another")
    try folder.write(other.contents(of: Self.file), to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a snapshot of another changelog is ignored`() throws {
    let other = try TemporaryFolder()
    let scene = try Scene(partitions: 2)
    for key in 0..<20 { try scene.publish("key-\(key)", "note foreign") }
    let worker = scene.worker { $0.snapshots = other.path }
    try scene.settle(worker)
    worker.finish()
    #expect(other.files == [Self.file, "script-changelog-1.snapshot"])
    try folder.write(other.contents(of: "script-changelog-1.snapshot"), to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a snapshot from beyond the end of the changelog is ignored`() throws {
    let other = try TemporaryFolder()
    let longer = try Scene()
    for key in 0..<200 { try longer.publish("key-\(key)", "note foreign") }
    let worker = longer.worker { $0.snapshots = other.path }
    try longer.settle(worker)
    worker.finish()
    try folder.write(other.contents(of: Self.file), to: Self.file)
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a snapshot older than half of the tombstones' time is ignored`() throws {
    scene.clock.advance(by: .seconds(86400 * 7 / 2 + 10))
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `a worker that slept doesn't make its old state look fresh`() throws {
    let sleeper = scene.worker("sleeper") { $0.snapshots = folder.path }
    try scene.settle(sleeper)
    scene.clock.advance(by: .seconds(86400 * 30))
    sleeper.finish()
    scene.log.plan { _, _ in nil }
    let whole = try wholeChangelog
    #expect(try restart() == whole)
  }

  @Test func `snapshots are written along the way, and a torn one beside them does no harm`() throws {
    try folder.write([1, 2, 3], to: "\(Self.file).two.new")
    let worker = scene.worker("two") {
      $0.snapshots = folder.path
      $0.snapshotEvery = 5
      $0.batch.records = 5
    }
    for key in 0..<100 { try scene.publish("more-\(key)", "note x") }
    try scene.settle(worker)
    // It is not finished: as if it had been killed. Of its changelog's 100 records few are left to read.
    scene.log.plan { _, _ in nil }
    try scene.settle(scene.worker("two") { $0.snapshots = folder.path })
    #expect(scene.log.recordsRead < 100)
    #expect(folder.files == [Self.file])
  }

  @Test func `a folder that can't be written costs only the snapshot`() throws {
    try folder.write([], to: "no-folder")
    let worker = scene.worker("two") { $0.snapshots = folder.path + "/no-folder" }
    try scene.publish("key-0", "emit still-there")
    try scene.settle(worker)
    worker.finish()
    #expect(try scene.out() == ["still-there"])
  }
}
