import EventLog
import HTTPTypes
import HTTPValues
import Intake
import Outbox
import Streams
import Testing
import Time

struct LogTroubleTests {
  @Test func `while the log is away opinions are taken, and reach it later in order`() async throws {
    let gateway = try Gateway()
    gateway.log.setAway(true)
    for number in 0..<5 { #expect(try await gateway.post(#"{"text":"\#(number)"}"#).head.status == .accepted) }
    #expect(gateway.log.published.isEmpty)
    #expect(try gateway.count("accepted") == 5)
    gateway.log.setAway(false)
    let events = try await gateway.published.map { try CloudEvent($0.record) }
    #expect(events.map(\.id) == (1...5).map { "drawn-\($0)" })
  }

  @Test func `a full spool gets 503 and the opinion is not taken`() async throws {
    let gateway = try Gateway { $0.capacity = 600 }
    gateway.log.setAway(true)
    #expect(try await gateway.post(key: "k1").head.status == .accepted)
    let response = try await gateway.post(key: "k2")
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "5")
    #expect(try !response.problem.detail.contains("路灯"))
    #expect(try gateway.count("unavailable") == 1)
    #expect(try gateway.count("accepted") == 1)
    gateway.log.setAway(false)
    #expect(await gateway.published.count == 1)
  }

  @Test func `what the topic does not take is told at once`() async throws {
    let gateway = try Gateway { $0.limits = ["opinions": 100] }
    #expect(try await gateway.post().head.status == .contentTooLarge)
    #expect(await gateway.published.isEmpty)
    #expect(try gateway.count("too-large") == 1)
  }
}
