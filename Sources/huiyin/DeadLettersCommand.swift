import ArgumentParser
import Assembly
import Cases
import EventLog
import Foundation
import Streams
import Time

struct DeadLettersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead-letters", abstract: "Lists dead letters, and brings them back or lets them go.",
    subcommands: [List.self, Show.self, Retry.self, Drop.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the dead letters that wait for a decision.")

    @OptionGroup var log: LogOption
    @Flag(help: "Also those that were retried or dropped.") var settled = false

    func run() throws {
      let office = try DeadLettersCommand.office(of: log)
      for letter in try office.letters() where settled || !letter.status.isSettled {
        let parked = letter.parked ? ", its key waits" : ""
        print(
          "\(letter.id)  \(letter.status.rawValue)\(parked)  \(letter.stage)  \(GivenTime(letter.failedAt).text)"
            + "  retries \(letter.retries)  \(letter.reason)")
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints one dead letter with its headers; its value only when asked, since it may hold personal data.")

    @OptionGroup var log: LogOption
    @Argument(help: "The dead letter, as topic/partition/offset.") var id: String
    @Flag(help: "Print the value too.") var value = false

    func run() throws {
      guard let letter = try DeadLettersCommand.office(of: log).letter(id) else { throw DeadLettersCommand.unknown(id) }
      print("id       \(letter.id)\nstatus   \(letter.status.rawValue)\nstage    \(letter.stage)")
      print("reason   \(letter.reason)\nfailed   \(GivenTime(letter.failedAt).text)\nretries  \(letter.retries)")
      print("arrived  \(GivenTime(letter.timestamp).text)\nparked   \(letter.parked)")
      print("key      \(letter.original.key.map { String(decoding: $0, as: UTF8.self) } ?? "none")")
      for header in letter.original.headers {
        print("header   \(header.name): \(header.value.map { String(decoding: $0, as: UTF8.self) } ?? "null")")
      }
      if value { print("value    \(letter.original.value.map { String(decoding: $0, as: UTF8.self) } ?? "null")") }
    }
  }

  /// Which dead letters a command is about.
  struct Selection: ParsableArguments {
    @Argument(help: "Dead letters, as topic/partition/offset.") var ids: [String] = []
    @Flag(help: "All that are open.") var all = false
    @Option(help: "With --all: only those of this stage, such as track.") var stage: String?
    @Option(help: "At most so many.") var max: Int?
    @Flag(help: "Say what would be done, and do nothing.") var dryRun = false

    func validate() throws {
      if ids.isEmpty != all { throw ValidationError("name dead letters, or --all") }
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tries dead letters again, at most \(DeadLetter.maximumRetries) times each.")

    @OptionGroup var log: LogOption
    @OptionGroup var selection: Selection

    func run() throws { try DeadLettersCommand.settle(selection, of: log, by: .retry, as: "retried") }
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lets dead letters go for good; their keys go on.")

    @OptionGroup var log: LogOption
    @OptionGroup var selection: Selection

    func run() throws { try DeadLettersCommand.settle(selection, of: log, by: .drop, as: "dropped") }
  }

  private static func office(of option: LogOption) throws -> DeadLetterOffice {
    let settings = try option.settings()
    return DeadLetterOffice(
      log: try LogHome.open(settings, now: Program.wallClock, logger: option.logger),
      publisherName: "\(settings.instance)-dead-letters", history: Topics.cases)
  }

  private static func unknown(_ id: String) -> any Error { fail("there is no dead letter \(id)") }

  /// Each in a transaction of its own.
  private static func settle(
    _ selection: Selection, of option: LogOption, by verb: DeadLetterOffice.Verb, as what: String
  ) throws {
    let office = try office(of: option)
    let known = try office.letters()
    for id in selection.ids where !known.contains(where: { $0.id == id }) {
      throw fail("there is no dead letter \(id); nothing was done")
    }
    let open = known.filter { letter in
      guard !letter.status.isSettled else { return false }
      return selection.all
        ? selection.stage.map { $0 == letter.stage } ?? true : selection.ids.contains(letter.id)
    }
    var refused = 0
    func tell(_ letter: DeadLetter, _ result: String?) {
      if result == nil { refused += 1 }
      print("\(letter.id): \(result ?? "can only be dropped (retried \(letter.retries) times)")")
    }
    let chosen = open.prefix(selection.max ?? .max)
    if selection.dryRun {
      for letter in chosen { tell(letter, office.allows(verb, for: letter) ? "would be \(what)" : nil) }
    } else if !chosen.isEmpty {
      try office.settle(chosen, by: verb) { letter, outcome in
        switch outcome {
        case .settled, .settledBefore: tell(letter, what)
        case .handedOn: tell(letter, "will be \(what) by its worker")
        case .refused: tell(letter, nil)
        }
      }
    }
    if open.isEmpty { print("nothing to do") }
    if refused > 0 { throw ExitCode(1) }
  }
}
