import ArgumentParser
import Foundation
import ReferenceJob

/// What it costs to read the reference job's records, by three ways of reading JSON.
struct JSONCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json", abstract: "Compares ways to read the reference job's records.")

  @Flag(help: "Print JSON instead of a table.") var json = false
  @Option(help: "Records to read in each way.") var records = 200_000

  private struct Plain: Decodable {
    var seq: Int64
    var title: String
    var time: String
  }

  func run() throws {
    let samples = (0..<1000).map { SampleRecord.value($0) }
    let decoder = JSONDecoder()
    var figures: [Figure] = []
    func measure(_ what: String, _ read: ([UInt8]) throws -> Int64) rethrows {
      var sum: Int64 = 0
      let cost = try Cost.of { for number in 0..<records { sum &+= try read(samples[number % samples.count]) } }
      // The sum is asked for, so that nothing of the work can be left out.
      let share = Double(sum) / Double(records)
      precondition(share >= 0)
      figures.append(
        Figure(benchmark: "json", figure: what, value: cost.cpu / Double(records) * 1e6, unit: "µs of CPU per record"))
    }
    try measure("Foundation's JSONDecoder") { try decoder.decode(Plain.self, from: Data($0)).seq }
    try measure("Foundation's JSONSerialization") { bytes in
      let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      return (object?["seq"] as? NSNumber)?.int64Value ?? 0
    }
    try measure("one pass over the fields (ReferenceJob)") { try CaseRecord(json: $0).seq }
    try Report.print(figures, json: json)
  }
}
