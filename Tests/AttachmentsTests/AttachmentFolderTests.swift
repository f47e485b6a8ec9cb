import Attachments
import Foundation
import Testing

struct AttachmentFolderTests {
  private static func files(in folder: TemporaryFolder) throws -> [String] {
    let all = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
    return all.filter { !$0.hasSuffix("/") && $0.contains("/") || $0.hasPrefix("new") }.sorted()
  }

  @Test func `what was kept is there, also for another process`() async throws {
    let folder = try TemporaryFolder()
    let attachment = try MediaFile(Samples.png)
    let store = try AttachmentFolder(folder.url.path)
    try await store.keep(attachment)
    #expect(try await store.contents(of: attachment.name) == attachment.contents)
    #expect(try await AttachmentFolder(folder.url.path).contents(of: attachment.name) == attachment.contents)
    #expect(try await store.contents(of: AttachmentName(of: [1])) == nil)
  }

  @Test func `the same contents are kept once, and nothing is left beside them`() async throws {
    let folder = try TemporaryFolder()
    let attachment = try MediaFile(Samples.jpeg)
    let store = try AttachmentFolder(folder.url.path)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { try await store.keep(attachment) } }
      try await group.waitForAll()
    }
    let name = attachment.name.text
    #expect(try Self.files(in: folder) == ["\(name.prefix(2))/\(name)"])
  }

  @Test func `only this user may read the files`() async throws {
    let folder = try TemporaryFolder()
    let attachment = try MediaFile(Samples.gif)
    let path = folder.path("attachments")
    try await AttachmentFolder(path).keep(attachment)
    let name = attachment.name.text
    for (file, mode) in [("", 0o700), ("/" + name.prefix(2), 0o700), ("/\(name.prefix(2))/\(name)", 0o600)] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + file)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(file)")
    }
  }

  @Test func `a folder that cannot be used says so`() async throws {
    let folder = try TemporaryFolder()
    try Data().write(to: folder.url.appendingPathComponent("file"))
    #expect(throws: AttachmentStoreError.self) { try AttachmentFolder(folder.path("file")) }
    let store = try AttachmentFolder(folder.path("gone"))
    try FileManager.default.removeItem(atPath: folder.path("gone"))
    await #expect(throws: AttachmentStoreError.self) { try await store.keep(try MediaFile(Samples.gif)) }
  }
}
