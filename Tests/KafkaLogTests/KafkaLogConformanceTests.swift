import EventLogConformance
import Testing

@Suite(.serialized) struct KafkaLogConformanceTests {
  private static let checks = Conformance.checks.filter { !$0.needsClock && !$0.needsMaintenance }

  @Test(
    .enabled(if: RealBroker.address != nil, "skipped: HUIYIN_TEST_KAFKA=host:port names no broker to try it on"),
    arguments: checks)
  func `a log on a real broker keeps the port's promises`(check: Conformance.Check) throws {
    try check.run(KafkaHome(#require(RealBroker.address)))
  }
}
