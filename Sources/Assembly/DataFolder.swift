import ByteText
import Foundation

/// The folder of what a process keeps on its disk, locked against another process that would write the same files.
///
/// The locks are the kernel's (flock), so that they end with the process however it ends.
package final class DataFolder: Sendable {
  package let path: String
  private let locks: [Int32]

  /// - Parameters:
  ///   - owner: nobody else may be at work in this folder; otherwise others may, each under its own name.
  ///   - name: of this program and instance.
  /// - Throws: ``SettingsError`` that names the folder, and the process that has it.
  package init(_ path: String, name: String, owner: Bool) throws(SettingsError) {
    self.path = path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw SettingsError("HUIYIN_DATA: the folder \(path) can't be made: \(error.localizedDescription)")
    }
    var locks = [try Self.lock("\(path)/lock", exclusively: owner, folder: path)]
    if !owner { locks.append(try Self.lock("\(path)/\(name).lock", exclusively: true, folder: path)) }
    self.locks = locks
  }

  deinit {
    for lock in locks { close(lock) }
  }

  private static func lock(_ file: String, exclusively: Bool, folder: String) throws(SettingsError) -> Int32 {
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw SettingsError("HUIYIN_DATA: the file \(file) can't be written: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
      var bytes = [UInt8](repeating: 0, count: 200)
      let count = read(descriptor, &bytes, bytes.count)
      let holder = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      close(descriptor)
      throw SettingsError(
        "HUIYIN_DATA: the folder \(folder) is in use by \(holder.isEmpty ? "another process" : holder)")
    }
    let holder = Array("process \(ProcessInfo.processInfo.processIdentifier) (\(CommandLine.arguments[0]))".utf8)
    if exclusively {
      ftruncate(descriptor, 0)
      _ = write(descriptor, holder, holder.count)
    }
    return descriptor
  }

  /// The secret of that name, made of 32 random bytes where there is none yet; readable for this user only.
  package func secret(_ name: String) throws(SettingsError) -> String { try Self.secret(name, in: path) }

  /// The same without the folder's lock: for commands that are used while the pipeline runs in that folder, which is made
  /// where it is missing.
  package static func secret(_ name: String, in folder: String) throws(SettingsError) -> String {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw SettingsError("HUIYIN_DATA: the folder \(folder) can't be made: \(error.localizedDescription)")
    }
    let file = "\(folder)/\(name)"
    for _ in 0..<100 {
      if let data = FileManager.default.contents(atPath: file) {
        let secret = String(decoding: data, as: UTF8.self)
        if secret.utf8.count == 64 { return secret }
        usleep(10_000)  // another process is just writing it
        continue
      }
      var generator = SystemRandomNumberGenerator()
      let random = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      let secret = Array(ByteAlphabet.hexadecimal.text(of: random).utf8)
      let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { continue }
      let written = write(descriptor, secret, secret.count)
      close(descriptor)
      if written == secret.count { return String(decoding: secret, as: UTF8.self) }
    }
    throw SettingsError("HUIYIN_DATA: the secret \(file) can't be made, or isn't one of ours")
  }
}
