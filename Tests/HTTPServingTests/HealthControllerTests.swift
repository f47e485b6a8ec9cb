import HTTPServing
import HTTPTypes
import HTTPValues
import Testing

@Suite struct HealthControllerTests {
  func get(
    _ path: String, _ method: HTTPRequest.Method = .get, broken: [String] = [], waits: [String] = []
  ) async throws -> Response? {
    let controller = HealthController(live: { broken }, ready: { waits }, metrics: { Array("n 1\n".utf8) })
    let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path)
    return await controller.respond(to: try Request(head: head))
  }

  @Test func `live and ready are plain words`() async throws {
    #expect(try await get("/livez")?.body == Array("live\n".utf8))
    #expect(try await get("/readyz")?.body == Array("ready\n".utf8))
  }

  @Test func `what is waited for makes it not ready but leaves it live`() async throws {
    let waits = ["the log", "restoring partition 3"]
    let ready = try #require(await get("/readyz", waits: waits))
    #expect(ready.head.status == .serviceUnavailable)
    #expect(ready.body == Array("the log\nrestoring partition 3\n".utf8))
    #expect(try await get("/livez", waits: waits)?.head.status == .ok)
  }

  @Test func `what is broken makes it not live`() async throws {
    #expect(try await get("/livez", broken: ["the loop has ended"])?.head.status == .serviceUnavailable)
  }

  @Test func `metrics say their format`() async throws {
    let metrics = try #require(await get("/metrics"))
    #expect(metrics.head.headerFields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(metrics.body == Array("n 1\n".utf8))
  }

  @Test func `other methods are refused and other paths are not its own`() async throws {
    #expect(try await get("/metrics", .post)?.head.status == .methodNotAllowed)
    #expect(try await get("/livez/x") == nil)
  }
}
