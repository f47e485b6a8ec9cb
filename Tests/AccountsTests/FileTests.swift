import Accounts
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Testing
import Time
import YAMLForms

struct FileTests {
  private static func yaml(_ title: String, _ password: String) throws -> String {
    let hash = try #require(Derivations.hash(password))
    return "users:\n"
      + UserFile.line(Account(name: "liuhe", title: title, role: .station, holder: "s03"), password: hash)
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  @Test func `a changed file of users is gone by, a broken one isn't`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("users.yaml")
    try write(try Self.yaml("柳河站", "first"), to: path)
    let said = SaidLines()
    let watch = try UserWatch(path: path, now: House.start, logger: said.logger)
    let house = try House(watch: watch)
    let cookie = try await house.cookie("liuhe", "first")

    try write(try Self.yaml("柳河镇联络站", "first"), to: path)
    house.clock.set(.milliseconds(1999))
    #expect(try await house.visitor(cookie)?.account.title == "柳河站")
    house.clock.set(.seconds(2))
    #expect(try await house.visitor(cookie)?.account.title == "柳河镇联络站")

    try write("users: [", to: path)
    house.clock.set(.seconds(4))
    #expect(try await house.visitor(cookie)?.account.title == "柳河镇联络站")
    house.clock.set(.seconds(6))
    #expect(try await house.visitor(cookie)?.account.title == "柳河镇联络站")
    // Once for each state of the file, not at each look.
    #expect(said.all.filter { $0.hasPrefix("error") }.count == 1)
    #expect(said.all.contains { $0.contains("users.yaml:2: not YAML") })

    try FileManager.default.removeItem(atPath: path)
    house.clock.set(.seconds(8))
    #expect(try await house.visitor(cookie)?.account.title == "柳河镇联络站")

    try write(try Self.yaml("柳河镇联络站", "second"), to: path)
    house.clock.set(.seconds(10))
    #expect(try await house.visitor(cookie) == nil)
    #expect(try await house.signIn("liuhe", "second").head.status == .seeOther)
  }

  @Test func `a file of users that can't be read at the start is a fault`() {
    #expect(throws: InvalidFile.self) {
      try UserWatch(path: "/nonexistent/users.yaml", now: House.start, logger: SaidLines().logger)
    }
  }

  private func signOut(_ house: House, _ cookie: String) async throws {
    let visitor = try #require(try await house.visitor(cookie))
    let request = try House.request(.post, "/sign-out", ["Cookie": cookie], form: "form=\(visitor.formToken)")
    #expect(await house.controller.respond(to: request)?.head.status == .seeOther)
  }

  /// With a file of users, so that it looks at the files again.
  private func house(_ folder: TemporaryFolder) throws -> House {
    let path = folder.path("users.yaml")
    if !FileManager.default.fileExists(atPath: path) { try write(try Self.yaml("柳河站", "first"), to: path) }
    let watch = try UserWatch(path: path, now: House.start, logger: SaidLines().logger)
    return try House(watch: watch, signOuts: try SignOuts(folder: folder.path("sign-outs")))
  }

  @Test func `who has signed out stays out after a restart, and at other processes of the folder`() async throws {
    let folder = try TemporaryFolder()
    let (house, neighbour) = (try house(folder), try house(folder))
    let cookie = try await house.cookie("liuhe", "first")
    let other = try await neighbour.cookie("liuhe", "first")
    #expect(try await neighbour.visitor(cookie) != nil)
    try await signOut(house, cookie)
    #expect(try await house.visitor(cookie) == nil)
    #expect(try await self.house(folder).visitor(cookie) == nil)
    neighbour.clock.set(.seconds(2))
    #expect(try await neighbour.visitor(cookie) == nil)
    // Both houses draw the same ids here, so the other's session goes with it; as for a third:
    _ = other
    let third = try await house.cookie("liuhe", "first")
    #expect(try await house.visitor(third) != nil)
  }

  @Test func `a line that was torn harms none that come after, and days gone by are removed`() async throws {
    let folder = try TemporaryFolder()
    let sessions = folder.path("sign-outs")
    try FileManager.default.createDirectory(atPath: sessions, withIntermediateDirectories: true)
    let end = House.start + Session.longest
    let day = TimeOffset.utc.date(of: end)
    try write("\nid-9\nid-", to: "\(sessions)/\(day)")
    try write("\nid-7\n", to: "\(sessions)/2020-01-01")
    try write("not ours", to: "\(sessions)/notes")
    let house = try house(folder)
    #expect(!FileManager.default.fileExists(atPath: "\(sessions)/2020-01-01"))
    #expect(FileManager.default.fileExists(atPath: "\(sessions)/notes"))
    let cookie = try await house.cookie("liuhe", "first")
    try await signOut(house, cookie)
    #expect(try await self.house(folder).visitor(cookie) == nil)
  }

  @Test func `a sign-out that can't be kept holds as long as the process`() async throws {
    let folder = try TemporaryFolder()
    let house = try house(folder)
    let cookie = try await house.cookie("liuhe", "first")
    try FileManager.default.removeItem(atPath: folder.path("sign-outs"))
    try await signOut(house, cookie)
    #expect(try await house.visitor(cookie) == nil)
    #expect(house.log.all.contains { $0.hasPrefix("error a sign-out could not be kept") })
  }
}
