import ArgumentParser
import Assembly
import EventLog

struct TopicsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics", abstract: "Creates and lists the topics of the pipeline.",
    subcommands: [Create.self, List.self])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Creates the topics that are missing, and says where one that is there differs; changes none.")

    @OptionGroup var log: LogOption

    func run() throws {
      let settings = try log.settings()
      let home = try LogHome.open(settings, creatingTopics: false, now: Program.wallClock, logger: log.logger)
      var differs = false
      for report in try home.create(PipelineTopics.specifications(partitions: settings.partitions)) {
        switch report.result {
        case .created: print("\(report.name): created")
        case .asWanted: print("\(report.name): is there")
        case .differs(let ways):
          differs = true
          print("\(report.name): differs: \(ways.joined(separator: "; "))")
        }
      }
      if differs { throw ExitCode(1) }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the topics with their partitions and records.")

    @OptionGroup var log: LogOption

    func run() throws {
      let settings = try log.settings()
      let home = try LogHome.open(settings, creatingTopics: false, now: Program.wallClock, logger: log.logger)
      let reader = try home.openReader()
      defer { reader.close() }
      for topic in try home.topics() {
        var span: Offset = 0
        for partition in 0..<topic.partitions {
          span += Offset(try reader.bounds(of: TopicPartition(topic.name, partition)).count)
        }
        let cleanup =
          switch topic.cleanup {
          case .compact: "compacted"
          case .delete(nil): "kept for good"
          case .delete(.some(let age)): "kept for \(age.components.seconds / 86_400) days"
          }
        print("\(topic.name): \(topic.partitions) partitions, \(cleanup), \(span) offsets")
      }
    }
  }
}
