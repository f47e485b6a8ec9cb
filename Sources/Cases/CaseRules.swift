/// All by which a case's deadlines are reckoned, in one piece: the reply policy and the holiday plans. So a case can be
/// judged by the same rules wherever it is kept, whatever files lie there.
package struct CaseRules: Hashable, Codable, Sendable {
  package struct Calendar: Hashable, Codable, Sendable {
    package var version: String
    /// All of them, built in or not: what a later version of the program has built in changes nothing.
    package var plans: [HolidayPlan]
  }

  package var policy: ReplyPolicy
  package var calendar: Calendar

  package init(policy: ReplyPolicy, calendar: WorkingCalendar) {
    self.policy = policy
    self.calendar = Calendar(version: calendar.version, plans: calendar.allPlans)
  }

  /// Takes memory and time in proportion to the years of the plans.
  package var workingCalendar: WorkingCalendar { WorkingCalendar(version: calendar.version, plans: calendar.plans) }

  /// - Throws: ``Malformed`` that names the field; also for a version that can't be one.
  package init(json: [UInt8]) throws(Malformed) {
    self = try JSONData.decode(CaseRules.self, from: json)
    guard calendar.version.split(separator: "+", omittingEmptySubsequences: false).allSatisfy({ isVersion(String($0)) })
    else { throw Malformed("data.calendar.version \(versionForm)") }
    for plan in calendar.plans where !(1992...2100).contains(plan.year) {
      throw Malformed("data.calendar.plans has one of \(plan.year), may be of 1992 to 2100")
    }
  }

  /// JSON with sorted keys: equal rules are equal bytes.
  package var json: [UInt8] { JSONData.encode(self) }
}
