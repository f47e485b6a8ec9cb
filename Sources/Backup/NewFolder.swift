import ByteText
import Crypto
import Foundation

/// A folder that comes into being whole or not at all: it is filled under another name beside its own, every file on the
/// disk before it gets its name. Readable for this user only.
struct NewFolder {
  private let target: String
  let path: String
  private(set) var files: [BackupManifest.File] = []

  /// - Throws: if there is something at `target`, be it an empty folder.
  init(_ target: String) throws(BackupFailure) {
    var target = target
    while target.count > 1, target.hasSuffix("/") { target.removeLast() }
    self.target = target
    guard !FileManager.default.fileExists(atPath: target) else {
      throw BackupFailure("\(target) is there already; nothing is written over")
    }
    var template = Array((target + ".unfinished-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Self.failure("make a folder beside", target) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Takes up a file that was written in this folder: has it on the disk, and notes its size and digest.
  mutating func finish(_ name: String) throws(BackupFailure) {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure("read", file) }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw Self.failure("sync", file) }
    let (bytes, digest) = try Self.digest(descriptor, file)
    files.append(BackupManifest.File(path: name, bytes: bytes, sha256: digest))
  }

  /// - Parameter name: may name folders, which are made.
  mutating func add(_ name: String, copying source: String) throws(BackupFailure) {
    try makeFolder(of: name)
    do {
      try FileManager.default.copyItem(atPath: source, toPath: "\(path)/\(name)")
    } catch {
      throw BackupFailure("\(source) can't be copied: \(error.localizedDescription)")
    }
    try finish(name)
  }

  mutating func add(_ name: String, _ contents: [UInt8]) throws(BackupFailure) {
    guard FileManager.default.createFile(atPath: "\(path)/\(name)", contents: Data(contents)) else {
      throw Self.failure("write", "\(path)/\(name)")
    }
    try finish(name)
  }

  private func makeFolder(of name: String) throws(BackupFailure) {
    guard let slash = name.lastIndex(of: "/") else { return }
    do {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(name[..<slash])", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw BackupFailure("a folder can't be made in \(path): \(error.localizedDescription)")
    }
  }

  /// Gives it its name. Nothing may be added afterwards.
  func complete() throws(BackupFailure) {
    for folder in folders() { try Self.sync(folder) }
    // A folder that came there meanwhile would be replaced only if it is empty.
    guard rename(path, target) == 0 else { throw Self.failure("give its name to", target) }
    try Self.sync(URL(filePath: target).deletingLastPathComponent().path)
  }

  /// Takes back what was written.
  func discard() { try? FileManager.default.removeItem(atPath: path) }

  /// All of them, the deepest first.
  private func folders() -> [String] {
    var all: Set<String> = [path]
    for file in files {
      var parts = file.path.split(separator: "/").dropLast()
      while !parts.isEmpty {
        all.insert(path + "/" + parts.joined(separator: "/"))
        parts.removeLast()
      }
    }
    return all.sorted { $0.count > $1.count }
  }

  private static func sync(_ folder: String) throws(BackupFailure) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("sync", folder) }
  }

  private static func failure(_ verb: String, _ path: String) -> BackupFailure {
    BackupFailure("can't \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}

extension NewFolder {
  /// Size and SHA-256 of a file.
  static func digest(of file: String) throws(BackupFailure) -> (bytes: Int64, sha256: String) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", file) }
    defer { close(descriptor) }
    return try digest(descriptor, file)
  }

  private static func digest(
    _ descriptor: Int32, _ file: String
  ) throws(BackupFailure) -> (bytes: Int64, sha256: String) {
    var hash = SHA256()
    var bytes: Int64 = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", file) }
      if count == 0 { break }
      bytes += Int64(count)
      buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    return (bytes, ByteAlphabet.hexadecimal.text(of: hash.finalize()))
  }
}
