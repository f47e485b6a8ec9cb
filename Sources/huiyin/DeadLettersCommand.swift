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
      let office = try DeadLetterOffice(log)
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
      let letter = try DeadLetterOffice(log).letter(id)
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

    func run() throws {
      try DeadLetterOffice(log).settle(selection, as: "retried") { letter in
        // What happened to a case stands in its history once: it is never sent again.
        let isHistory = letter.partition.topic == Topics.cases && !letter.parked
        return letter.status == .quarantined || isHistory ? nil : letter.retrying()
      }
    }
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lets dead letters go for good; their keys go on.")

    @OptionGroup var log: LogOption
    @OptionGroup var selection: Selection

    func run() throws {
      try DeadLetterOffice(log).settle(selection, as: "dropped") { $0.dropping() }
    }
  }
}

/// The dead letters of one log, as their records tell it.
struct DeadLetterOffice {
  private let log: any EventLog
  private let publisherName: String

  init(_ option: LogOption) throws {
    let settings = try option.settings()
    log = try LogHome.open(settings, now: Program.wallClock, logger: option.logger)
    publisherName = "\(settings.instance)-dead-letters"
  }

  func letters() throws -> [DeadLetter] { try DeadLetter.all(in: log) }

  func letter(_ id: String) throws -> DeadLetter {
    guard let letter = try letters().first(where: { $0.id == id }) else { throw fail("there is no dead letter \(id)") }
    return letter
  }

  /// Appends what brings the selected letters to an end, each in a transaction of its own.
  func settle(
    _ selection: DeadLettersCommand.Selection, as what: String, _ outputs: (DeadLetter) -> [Output]?
  ) throws {
    let known = try letters()
    for id in selection.ids where !known.contains(where: { $0.id == id }) {
      throw fail("there is no dead letter \(id); nothing was done")
    }
    let open = known.filter { letter in
      guard !letter.status.isSettled else { return false }
      return selection.all
        ? selection.stage.map { $0 == letter.stage } ?? true : selection.ids.contains(letter.id)
    }
    let publisher = try log.openPublisher(as: publisherName)
    defer { publisher.close() }
    var refused = 0
    for letter in open.prefix(selection.max ?? .max) {
      guard let outputs = outputs(letter) else {
        refused += 1
        print("\(letter.id): can only be dropped (retried \(letter.retries) times)")
        continue
      }
      if !selection.dryRun { _ = try publisher.publish(outputs) }
      let verb = letter.parked ? "will be \(what) by its worker" : what
      print("\(letter.id): \(selection.dryRun ? "would be \(what)" : verb)")
    }
    if open.isEmpty { print("nothing to do") }
    if refused > 0 { throw ExitCode(1) }
  }
}
