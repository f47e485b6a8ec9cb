import EventLog
import KafkaLog
import Testing

@Suite struct KafkaSettingsTests {
  private func open(_ properties: [String: String]) throws -> KafkaLog {
    try KafkaLog(KafkaSettings(brokers: "127.0.0.1:1", properties: properties, logger: .quiet))
  }

  @Test(arguments: [
    "group.id", "group.instance.id", "isolation.level", "enable.idempotence", "transactional.id",
    "enable.auto.commit", "enable.auto.offset.store", "acks", "request.required.acks",
    "partition.assignment.strategy", "auto.offset.reset", "enable.partition.eof", "bootstrap.servers",
  ])
  func `a property that exactly-once depends on is refused by name`(name: String) throws {
    let error = #expect(throws: LogError.self) { try open([name: "1"]) }
    #expect(error?.recovery == .stop)
    #expect(error?.reason.contains(name) == true)
  }

  @Test func `a property that librdkafka doesn't know is refused by name`() throws {
    let error = #expect(throws: LogError.self) { try open(["sasl.pasword": "secret"]) }
    #expect(error?.recovery == .stop)
    #expect(error?.reason.contains("sasl.pasword") == true)
  }

  @Test func `a value that is none is refused without being told`() throws {
    let error = #expect(throws: LogError.self) { try open(["socket.timeout.ms": "s3cret"]) }
    #expect(error?.reason.contains("socket.timeout.ms") == true)
    #expect(error?.reason.contains("s3cret") == false)
  }

  @Test func `other properties pass`() throws {
    #expect(try open(["sasl.username": "huiyin", "compression.type": "lz4"]).address == "kafka://127.0.0.1:1")
  }
}
