import Foundation
import Offloading

/// Attachments as files `ab/abcdef…` in a folder, each named by its contents.
///
/// A file is written beside, synced, and put in its place by a rename, so that a crash leaves all of it or nothing. Several
/// processes may share the folder.
package final class AttachmentFolder: AttachmentStore {
  private let path: String
  private let offload = Offload(name: "attachments", threads: 2, limit: 200)

  /// - Parameter path: made if it is missing.
  package init(_ path: String) throws(AttachmentStoreError) {
    self.path = path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw AttachmentStoreError("the folder \(path) can't be made: \(error.localizedDescription)")
    }
  }

  package func keep(_ attachment: MediaFile) async throws(AttachmentStoreError) {
    let (folder, contents) = (path, attachment.contents)
    try await run { try Self.write(contents, as: attachment.name, in: folder) }
  }

  package func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]? {
    let file = Self.folder(of: name, in: path) + "/" + name.text
    return try await run { FileManager.default.contents(atPath: file).map { Array($0) } }
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws(AttachmentStoreError) -> Value {
    do {
      return try await offload.run(body)
    } catch let error as AttachmentStoreError {
      throw error
    } catch {
      throw AttachmentStoreError("too many wait for the disk")
    }
  }

  private static func folder(of name: AttachmentName, in path: String) -> String { path + "/" + name.text.prefix(2) }

  private static func write(
    _ contents: [UInt8], as name: AttachmentName, in path: String
  ) throws(AttachmentStoreError) {
    let folder = folder(of: name, in: path)
    let file = folder + "/" + name.text
    if FileManager.default.fileExists(atPath: file) { return }
    if mkdir(folder, 0o700) == 0 {
      try sync(folder: path)
    } else {
      guard errno == EEXIST else { throw failure("make", folder) }
    }
    var template = Array((path + "/new-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure("make", path + "/new-…") }
    let new = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let isWritten = write(contents, to: descriptor) && fsync(descriptor) == 0
    close(descriptor)
    guard isWritten, rename(new, file) == 0 else {
      let error = failure("write", file)
      unlink(new)
      throw error
    }
    try sync(folder: folder)
  }

  private static func write(_ contents: [UInt8], to descriptor: Int32) -> Bool {
    contents.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
  }

  private static func sync(folder: String) throws(AttachmentStoreError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure("sync", folder) }
  }

  private static func failure(_ verb: String, _ path: String) -> AttachmentStoreError {
    AttachmentStoreError("can't \(verb) \(path): \(String(cString: strerror(errno)))")
  }
}
