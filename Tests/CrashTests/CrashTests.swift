import GivenBroker
import Testing

/// Worker processes over one log, killed, stopped and scaled while records flow.
@Suite(.serialized) enum CrashTests {
  @Suite struct OnSQLite {
    private let ordeal = Ordeal(home: .sqlite)

    @Test func `whatever is killed when, every record and every timer comes through once and in order`() throws {
      try ordeal.kill()
    }

    @Test func `a worker stopped past its session time-out and continued does no harm`() throws {
      try ordeal.stop()
    }

    @Test func `one worker, then four, then one again lose and repeat nothing under load`() throws {
      try ordeal.scale()
    }
  }

  @Suite(.enabled(if: GivenBroker.isGiven, "\(GivenBroker.absence)")) struct OnKafka {
    private let brokers: String
    private var ordeal: Ordeal { Ordeal(home: .kafka(brokers: brokers)) }

    init() throws {
      brokers = try #require(GivenBroker.address)
    }

    @Test func `whatever is killed when, every record and every timer comes through once and in order`() throws {
      try ordeal.kill()
    }

    @Test func `a worker stopped past its session time-out and continued does no harm`() throws {
      try ordeal.stop()
    }

    @Test(arguments: ["4:written", "4:stored"])
    func `a worker stopped in the middle of a transaction past its time-out does no harm`(moment: String) throws {
      try ordeal.stop(at: moment)
    }

    @Test func `one worker, then four, then one again lose and repeat nothing under load`() throws {
      try ordeal.scale()
    }

    @Test(.enabled(if: GivenBroker.canBeRestarted, "\(GivenBroker.noRestart)"))
    func `a broker that is killed and restarted again and again under load loses and repeats nothing`() throws {
      try BrokerOrdeal(brokers: brokers).run()
    }
  }
}
