import Cases
import Classification
import Foundation
import Training

/// What an answer of the model costs, one thread, over messages as they are; against fastText's own program with a model that
/// it trains on the same messages over characters, in the same run.
struct ClassifyBench {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// JSON lines: title, text, category.
  let messages: String
  let model: String
  let categories: String
  /// fastText's command; nil to leave the comparison out.
  let fastText: String?

  func run() throws -> [Figure] {
    let opinions = try LabelledFile.read([messages])
    let before = ProcessFacts.residentMemory()
    var loaded: Model?
    let load = try Cost.of { loaded = try Model(path: model) }
    guard let model = loaded else { return [] }
    let classifier = Classifier(model: model, categories: try CategoryFile.read(categories))
    var known = 0
    let judge = Cost.of {
      for opinion in opinions { known += model.judge(title: opinion.title, text: opinion.text).known }
    }
    let memory = Double(ProcessFacts.residentMemory() - before) / 1e6
    let classify = Cost.of {
      for opinion in opinions { known += classifier.classify(title: opinion.title, text: opinion.text).why.count }
    }
    let count = Double(opinions.count)
    var figures = [
      figure("load and check the model", load.wall * 1000, "ms"),
      figure("the model with its reasons", count / judge.cpu, "messages/s"),
      figure("the model with words, rules and reasons", count / classify.cpu, "messages/s"),
      figure("the model's file", Double(model.size) / 1e6, "MB", "<= 10"),
      figure("resident memory that model and words took", memory, "MB", "<= 10"),
    ]
    guard known > 0 else { throw Failed(description: "\(messages): nothing in it is known to the model") }
    guard let fastText else {
      FileHandle.standardError.write(Data("fastText is SKIPPED: --fasttext names no command\n".utf8))
      return figures
    }
    let other = try predict(opinions, by: fastText)
    figures.append(figure("fastText predict", count / other, "messages/s"))
    figures.append(figure("the model with its reasons : fastText", other / judge.cpu, "", ">= 1, aim 5"))
    return figures
  }

  private func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
    Figure(benchmark: "classify", figure: what, value: value, unit: unit, aim: aim)
  }

  /// Processor seconds of fastText for all messages, without those for loading its model.
  private func predict(_ opinions: [LabelledOpinion], by command: String) throws -> Double {
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appending(path: name).path }
    let lines = opinions.map { opinion in
      ((opinion.title ?? "") + "。" + opinion.text).filter { !$0.isWhitespace }.map(String.init).joined(separator: " ")
    }
    let labelled = zip(opinions, lines).map { "__label__\($0.category) \($1)\n" }.joined()
    try labelled.write(toFile: path("train"), atomically: true, encoding: .utf8)
    try lines.map { $0 + "\n" }.joined().write(toFile: path("text"), atomically: true, encoding: .utf8)
    try "路\n".write(toFile: path("one"), atomically: true, encoding: .utf8)
    // Runs of one and two characters, as the model's own of the text.
    _ = try run(
      command,
      [
        "supervised", "-input", path("train"), "-output", path("model"), "-wordNgrams", "2", "-minCount", "2",
        "-bucket",
        "262144", "-dim", "50", "-epoch", "10", "-lr", "0.2", "-thread", "2",
      ])
    let all = try run(command, ["predict", path("model.bin"), path("text")])
    let loading = try run(command, ["predict", path("model.bin"), path("one")])
    return max(all - loading, 1e-9)
  }

  /// Processor seconds that the command took.
  private func run(_ command: String, _ arguments: [String]) throws -> Double {
    let before = Self.childrenTime
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(description: "\(command) \(arguments[0]) ended with status \(process.terminationStatus)")
    }
    return Self.childrenTime - before
  }

  /// Processor seconds of all ended child processes.
  private static var childrenTime: Double {
    var usage = rusage()
    getrusage(-1, &usage)  // RUSAGE_CHILDREN, which Swift sees as another type
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
