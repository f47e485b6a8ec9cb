import Attachments
import Cases
import Desk
import Foundation
import HTTPTypes
import Monitoring
import Testing

/// Files of opinions and of replies.
struct FileTests {
  /// Two pixels, with a comment that says where they were taken.
  private static let picture =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD3RFWHRDb21tZW50AGF0IGhvbWUjp62GAAAAD0lEQVR4nGMQaFAw"
    + "mOAAAAVXAbH+iXikAAAAAElFTkSuQmCC"

  private static func bytes() throws -> [UInt8] { Array(try #require(Data(base64Encoded: picture))) }

  private func taken(_ office: Office, of id: String) throws -> [Opinion.Attachment]? {
    for case .replied(let replied)? in try office.history(id).events.map(\.event) { return replied.reply.attachments }
    return nil
  }

  @Test func `a picture that goes with a reply is kept without what its file said, and shown with the answer`()
    async throws
  {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let sent = try await clerk.send(
      "reply", of: "c1", ["method": "phone", "text": "修好了"], files: [Self.bytes()])
    #expect(sent.status == 303)
    try office.work()
    let attachment = try #require(try taken(office, of: "c1")?.first)
    #expect(attachment.mediaType == "image/png")
    let name = try #require(AttachmentName(url: attachment.url))
    let page = try await clerk.get("/desk/cases/c1")
    let link = "/desk/cases/c1/attachments/\(name)"
    #expect(page.text.contains("<img src=\"\(link)\""))
    #expect(!page.text.contains("k="), "the case's key is in no address")
    let file = try await clerk.get(link)
    #expect(file.status == 200)
    #expect(file.headers[.contentType] == "image/png")
    #expect(file.headers[.cacheControl] == "private, no-store")
    #expect(!file.text.contains("at home"))
  }

  @Test func `a file is shown to those alone whose case it is, and only with that case`() async throws {
    let office = try Office()
    let file = try MediaFile(Self.bytes())
    try await office.keep(file)
    try office.open("c1", attachments: [Opinion.Attachment(url: file.name.url, mediaType: "image/png")])
    try office.open("c2")
    let link = "/desk/cases/c1/attachments/\(file.name)"
    for user in ["zhujian", "liuhe", "duban"] {
      let browser = try Browser(office, user)
      #expect(try await browser.get("/desk/cases/c1").text.contains(link))
      #expect(try await browser.get(link).status == 200)
      #expect(try await browser.get("/desk/cases/c2/attachments/\(file.name)").status == 404)
      #expect(try await browser.get("/desk/cases/c1/attachments/..").status == 404)
    }
    #expect(try await Browser(office, "shuiwu").get(link).status == 404)
    #expect(try await Browser(office, nil).get(link).status == 303)
    _ = try await Browser(office, "duban").done("erase", of: "c1", ["reason": "本人要求", "sure": "yes"])
    #expect(try await Browser(office, "zhujian").get(link).status == 404)
  }

  @Test func `what a gateway keeps elsewhere is named and not followed`() async throws {
    let office = try Office()
    try office.open("c1", attachments: [Opinion.Attachment(url: "javascript:alert(1)", mediaType: "image/png")])
    let page = try await Browser(office, "zhujian").get("/desk/cases/c1")
    #expect(page.text.contains("另存于 javascript:alert(1)"))
    #expect(!page.text.contains("href=\"javascript") && !page.text.contains("src=\"javascript"))
  }

  @Test func `files need not be sent twice where something else is wrong, and may be left out again`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let faulty = try await clerk.send("reply", of: "c1", ["method": "", "text": "修好了"], files: [Self.bytes()])
    #expect(faulty.status == 422)
    #expect(faulty.form("reply")?.contains("已收到 1 个附件") == true)
    let kept = try faulty.hidden("kept", of: "reply")
    let fields = ["method": "phone", "text": "修好了", "kept": kept]
    let without = try await clerk.send("reply", of: "c1", ["method": "", "kept": kept, "drop": "1"], on: faulty)
    #expect(without.form("reply")?.contains("已收到") == false)
    // A name that was never sent with this form is none.
    let forged = try await clerk.send("reply", of: "c1", ["method": "", "kept": kept + "x"], on: faulty)
    #expect(forged.form("reply")?.contains("已收到") == false)
    _ = try await clerk.send("reply", of: "c1", fields, on: faulty)
    try office.work()
    #expect(try taken(office, of: "c1")?.count == 1)
  }

  @Test func `a file that isn't taken is said beside its field`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let fields = ["method": "phone", "text": "修好了"]
    let unknown = try await clerk.send("reply", of: "c1", fields, files: [Self.bytes(), Array("<svg/>".utf8)])
    #expect(unknown.status == 422)
    #expect(unknown.form("reply")?.contains("第 2 个附件的格式不能接受") == true)
    let broken = try await clerk.send("reply", of: "c1", fields, files: [Array(try Self.bytes().dropLast(20))])
    #expect(broken.form("reply")?.contains("第 1 个附件已损坏") == true)
    let many = try await clerk.send(
      "reply", of: "c1", fields, files: try (0..<10).map { _ in try Self.bytes() })
    #expect(many.form("reply")?.contains("附件最多 9 个") == true)
    #expect(office.put == 0)
  }

  @Test func `a body that can't be read is refused`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    for type in ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "application/json"] {
      #expect(try await clerk.post("/desk/cases/c1/reply", body: Array("--y".utf8), type: type).status == 400)
    }
    #expect(office.put == 0)
  }
}
