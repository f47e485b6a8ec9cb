import ArgumentParser
import Assembly
import Foundation
import Logging
import Simulation
import Time

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Lets an invented county live on the real processors, under a virtual clock, and checks every event.",
    discussion: """
      One county station, eleven of townships, 72 of villages, 865 deputies; citizens who write, add, rate, ask again and \
      want to be forgotten; clerks who sign, answer late, return, transfer, merge, pause and forget; carriers that fail. \
      At the end everything is let run out: every case must be closed, and the log must pass `huiyin verify`. Of a seed \
      that breaks a rule the shortest list of actions that does is printed, and the status is 1.
      """)

  @Option(help: "What chance begins with.") var seed: UInt64 = 1
  @Option(help: "How many seeds, from that one on.") var seeds: UInt64 = 1
  @Option(help: "How many opinions begin a case.") var cases = 1000
  @Option(help: "Over how many years they come.") var years = 1.0
  @Option(help: "The policy to live under. Default: as built in, with pauses, and with more reviews.") var policy:
    String?
  @Option(help: "The directory to live in. Default: the invented county.") var directory: String?

  func validate() throws {
    guard (1...1_000_000).contains(cases) else { throw ValidationError("--cases is not 1 to 1000000") }
    guard years > 0, years <= 10 else { throw ValidationError("--years is not above 0 and up to 10") }
    guard seeds >= 1, seed <= .max - seeds else { throw ValidationError("--seeds is not 1 or more") }
  }

  func run() throws {
    var settings = try Settings(environment: ProcessInfo.processInfo.environment, log: "sqlite::memory:")
    if let directory { settings.directory = [directory] }
    Program.bootstrapLogging(max(settings.logLevel, .error))
    guard let start = GivenTime("2025-01-01T00:00:00+08:00")?.instant else { return }
    var rules = try Rulebook(settings)
    rules.policy = try policy.map { path in try rules.policy(in: path, named: "--policy") } ?? Simulation.policy
    if settings.directory == nil { rules.directory = try County.directory(on: TimeOffset.shanghai.date(of: start)) }

    let began = ContinuousClock.now
    var (cases, events, virtual) = (0, 0, 0.0)
    var simulation = try Simulation(
      seed: seed, cases: self.cases, days: Int((years * 365).rounded(.up)), start: start, rules: rules,
      settings: settings, logger: Logger(label: "huiyin"))
    for seed in seed..<seed + seeds {
      simulation.seed = seed
      let report = try simulation.run()
      if let failure = report.failures.first { throw try show(failure, simulation, report) }
      cases += report.cases
      events += report.events
      virtual += (report.end - start).inSeconds / 86_400 / 365
    }
    let seconds = (ContinuousClock.now - began).inSeconds
    print(
      "\(seeds) seed\(seeds == 1 ? "" : "s") from \(seed): \(cases) cases, all closed; \(events) events, each checked; "
        + String(format: "%.1f years in %.1f s, %.2f years/s", virtual, seconds, virtual / seconds))
  }

  private func show(
    _ failure: Failure, _ simulation: Simulation, _ report: Simulation.Report
  ) throws -> ExitCode {
    print("seed \(simulation.seed) breaks a rule after \(report.actions.count) actions: \(failure.line)")
    if let actions = try Shrinking(simulation, report)?.shrunk(report.actions) {
      print("these \(actions.count) are enough:")
      for action in actions { print("  \(action.line)") }
    }
    return ExitCode(1)
  }
}
