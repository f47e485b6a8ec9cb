import Attachments
import Cases
import Foundation
import HTTPTypes
import HTTPValues
import Logging
import Testing

struct AttachmentControllerTests {
  private struct Broken: AttachmentStore {
    func keep(_ attachment: MediaFile) async throws(AttachmentStoreError) { throw AttachmentStoreError("away") }
    func contents(of name: AttachmentName) async throws(AttachmentStoreError) -> [UInt8]? {
      throw AttachmentStoreError("away")
    }
  }

  private let folder: TemporaryFolder
  private let secret: CaseKey.Secret
  private let controller: AttachmentController
  private let store: AttachmentFolder
  private let id: CaseID

  init() throws {
    folder = try TemporaryFolder()
    secret = try #require(CaseKey.Secret(Array("an operator's secret".utf8)))
    store = try AttachmentFolder(folder.url.path)
    id = try #require(CaseID("case-1"))
    controller = AttachmentController(
      store: store, secret: secret, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func get(
    _ path: String, method: HTTPRequest.Method = .get, controller: AttachmentController? = nil
  ) async throws -> Response? {
    let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
    return await (controller ?? self.controller).respond(to: try Request(head: head))
  }

  @Test(arguments: AttachmentTests.samples) func `the address on a case's page opens the attachment`(
    format: AttachmentFormat, file: [UInt8]
  ) async throws {
    let attachment = try MediaFile(file)
    try await store.keep(attachment)
    let response = try #require(try await get(AttachmentLink(attachment.name, of: id, under: secret).address))
    #expect(response.head.status == .ok)
    #expect(response.body == attachment.contents)
    let fields = response.head.headerFields
    #expect(fields[.contentType] == format.mediaType)
    #expect(fields[.xContentTypeOptions] == "nosniff")
    #expect(fields[.contentSecurityPolicy]?.hasSuffix("; sandbox") == true)
    #expect(fields[.cacheControl]?.hasPrefix("private") == true)
    #expect(fields[.contentDisposition]?.hasPrefix("inline; filename=\"") == true)
    #expect(fields[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
  }

  @Test func `without the case's key and mark, or with another case's, there is nothing`() async throws {
    let (mine, other) = (try MediaFile(Samples.jpeg), try MediaFile(Samples.png))
    try await store.keep(mine)
    try await store.keep(other)
    let otherCase = try #require(CaseID("case-2"))
    let address = AttachmentLink(mine.name, of: id, under: secret).address
    let otherFile = AttachmentLink(other.name, of: id, under: secret).address
    let elsewhere = AttachmentLink(mine.name, of: otherCase, under: secret).address
    let query = address.drop { $0 != "?" }
    let key = CaseKey(of: id, under: secret).text
    #expect(address == "/attachments/\(mine.name)\(query)" && query.contains("&k=\(key)&a="))
    let wrong = [
      mine.name.url, other.name.url + query, mine.name.url + otherFile.drop { $0 != "?" },
      address.replacing("c=case-1", with: "c=case-2"), address.replacing("&k=\(key)", with: ""),
      address.replacing("&k=\(key)", with: "&k=" + CaseKey(of: otherCase, under: secret).text),
      elsewhere.replacing("c=case-2", with: "c=case-1"), String(address.dropLast()), address + "A",
      mine.name.url + "?c=case-1&k=\(key)&a=\(key)", "/attachments/..%2f..%2fetc%2fpasswd" + query,
    ]
    for path in wrong {
      #expect(try await get(path)?.head.status == .notFound, "\(path)")
    }
    #expect(try await get(address)?.head.status == .ok)
    #expect(try await get(elsewhere)?.head.status == .ok)
  }

  @Test func `an attachment that is not there is not found`() async throws {
    let name = AttachmentName(of: [1, 2, 3])
    #expect(try await get(AttachmentLink(name, of: id, under: secret).address)?.head.status == .notFound)
  }

  @Test func `while the store is away the answer is 503`() async throws {
    let away = AttachmentController(
      store: Broken(), secret: secret, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let address = AttachmentLink(AttachmentName(of: [1]), of: id, under: secret).address
    let response = try #require(try await get(address, controller: away))
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] != nil)
  }

  @Test func `other methods get 405 and other paths belong to others`() async throws {
    #expect(try await get("/attachments/x", method: .post)?.head.status == .methodNotAllowed)
    for path in ["/attachments", "/attachments/a/b", "/"] { #expect(try await get(path) == nil) }
  }

  @Test func `marks of one purpose are of no use for another`() {
    let mark = secret.mark(purpose: "a", "m")
    #expect(secret.verifies(mark, purpose: "a", "m"))
    #expect(!secret.verifies(mark, purpose: "b", "m"))
    #expect(!secret.verifies(mark, purpose: "a", "n"))
    #expect(!secret.verifies(String(mark.dropLast()), purpose: "a", "m"))
    #expect(!secret.verifies("", purpose: "a", "m"))
    #expect(mark.count == CaseKey.length)
  }
}
