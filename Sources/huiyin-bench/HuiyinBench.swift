import ArgumentParser

/// What the parts cost, as ratios within one run. Never a test: nothing here passes or fails.
@main
struct HuiyinBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "huiyin-bench", abstract: "Measures what the parts cost, and one plain job on the real worker.",
    subcommands: [
      PartsCommand.self, JSONCommand.self, ReferenceCommand.self, ReferenceWorkerCommand.self,
      ClassifyBenchCommand.self, EchoServerCommand.self,
    ],
    defaultSubcommand: PartsCommand.self)
}
