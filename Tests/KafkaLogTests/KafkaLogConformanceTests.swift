import EventLogConformance
import GivenBroker
import Testing

extension RealBroker {
  @Suite struct KafkaLogConformanceTests {
    private static let checks = Conformance.checks.filter { !$0.needsClock && !$0.needsMaintenance }

    @Test(arguments: checks)
    func `a log on a real broker keeps the port's promises`(check: Conformance.Check) throws {
      try check.run(KafkaHome(#require(GivenBroker.address)))
    }
  }
}
