import ArgumentParser
import Assembly
import Cases
import EventLog
import Streams

/// The reply policy and the holiday plans, while workers run.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "Changes the reply policy and the calendar while the pipeline runs, or shows them.",
    subcommands: [Apply.self, Show.self])

  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts a policy, a calendar or both in force.",
      discussion: """
        What isn't given stays as it is in force; before anything was applied, as the settings say. The new rules hold for \
        all commands after them, and the deadlines of open cases are reckoned anew; each that moves is an event of its \
        case. Closed cases keep theirs. From then on HUIYIN_POLICY and HUIYIN_CALENDAR no longer count for track.
        """)

    @OptionGroup var log: LogOption
    @Option(help: "A policy, as HUIYIN_POLICY names one.") var policy: String?
    @Option(help: "Holiday plans beside or instead of the built-in ones, as HUIYIN_CALENDAR names them.")
    var calendar: String?
    @Flag(help: "Only says what would be in force.") var dryRun = false

    func validate() throws {
      if policy == nil, calendar == nil { throw ValidationError("give --policy, --calendar or both") }
    }

    func run() throws {
      let settings = try log.settings()
      let book = try Rulebook(settings)
      let givenPolicy = try policy.map { try book.policy(in: $0, named: "--policy") }
      let givenCalendar = try calendar.map { try Rulebook.calendar(in: $0, named: "--calendar") }
      let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
      let publisher = try home.openPublisher(as: "\(settings.instance)-rules")
      defer { publisher.close() }
      let office = try RulesOffice(home)
      if !office.isUnanimous {
        print("the partitions go by different rules; what isn't given is taken from the first that has some")
      }
      let before = office.newest ?? CaseRules(policy: book.policy, calendar: book.calendar)
      let origin = office.newest == nil ? "as the settings say" : "as in force"
      var rules = before
      // By the version a case knows whether its deadline is of these rules.
      for (isOther, name, version) in [
        (
          givenPolicy.map { $0 != before.policy && $0.version == before.policy.version }, "policy",
          before.policy.version
        ),
        (
          givenCalendar.map { $0.version == before.calendar.version && $0.allPlans != before.calendar.plans },
          "calendar", before.calendar.version
        ),
      ] where isOther == true {
        throw fail("\(name) \(version) is in force and says something else: give the new one another version")
      }
      if let givenPolicy { rules.policy = givenPolicy }
      if let givenCalendar { rules.calendar = CaseRules(policy: rules.policy, calendar: givenCalendar).calendar }
      print(Self.line("policy", rules.policy.version, before.policy.version, isGiven: policy != nil, origin))
      print(Self.line("calendar", rules.calendar.version, before.calendar.version, isGiven: calendar != nil, origin))
      let outputs = office.outputs(rules, at: Program.wallClock())
      if outputs.isEmpty { return print("these rules are in force already; nothing was written") }
      if dryRun { return print("nothing was written") }
      _ = try publisher.publish(outputs)
      print("written to \(outputs.count) partitions of \(Topics.commands)")
    }

    private static func line(
      _ name: String, _ version: String, _ before: String, isGiven: Bool, _ origin: String
    ) -> String {
      isGiven ? "\(name): \(version), before it \(before) (\(origin))" : "\(name): \(version), \(origin)"
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows by which policy and calendar each partition of track goes.")

    @OptionGroup var log: LogOption

    func run() throws {
      let settings = try log.settings()
      let home = try LogHome.open(settings, now: Program.wallClock, logger: log.logger)
      for (partition, standing) in try RulesOffice(home).standings.enumerated() {
        var line = "\(Topics.commands)/\(partition)  \(Self.words(standing.adopted) ?? "as its worker's settings say")"
        if standing.isRevising { line += "; open cases are being revised" }
        if let coming = Self.words(standing.coming) { line += "; coming: \(coming)" }
        print(line)
      }
    }

    private static func words(_ json: [UInt8]?) -> String? {
      guard let json else { return nil }
      guard let rules = try? CaseRules(json: json) else { return "rules that this version can't read" }
      return "policy \(rules.policy.version), calendar \(rules.calendar.version)"
    }
  }
}
