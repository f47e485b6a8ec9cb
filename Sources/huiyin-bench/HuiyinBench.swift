import ArgumentParser

/// What the parts cost, as ratios within one run. Never a test: nothing here passes or fails.
@main
struct HuiyinBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huiyin-bench", abstract: "Measures what the parts cost, and one plain job on the real worker.",
    subcommands: [
      PartsCommand.self, JSONCommand.self, ReferenceCommand.self, ReferenceWorkerCommand.self,
      ClassifyBenchCommand.self,
    ],
    defaultSubcommand: PartsCommand.self)
}
