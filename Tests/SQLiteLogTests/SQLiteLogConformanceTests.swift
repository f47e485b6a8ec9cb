import EventLogConformance
import Testing

@Suite struct SQLiteLogConformanceTests {
  @Test(arguments: Conformance.checks)
  func `a log in a file keeps the port's promises`(check: Conformance.Check) throws {
    try check.run(SQLiteHome(inMemory: false))
  }

  @Test(arguments: Conformance.checks)
  func `a log in memory keeps the port's promises`(check: Conformance.Check) throws {
    try check.run(SQLiteHome(inMemory: true))
  }
}
