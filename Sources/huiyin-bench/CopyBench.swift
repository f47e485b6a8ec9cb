import CTransactionLoop
import EventLog

/// `KafkaLog` against a plain loop in C over librdkafka: both copy the same records of 1 kB with the same transactions.
struct CopyBench {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let records: Int
  let home: KafkaBenchHome

  func run() throws -> [Figure] {
    let log = try home.open(partitions: 1, topics: ["in", "out", "out-c1", "out-c2"], changelogs: [])
    try BareCopy.publish(records, keys: 10_000, to: "in", in: log)
    let one = try Cost.of { try copyInC(producers: 1) }
    let two = try Cost.of { try copyInC(producers: 2) }
    let ours = try Cost.of { try BareCopy(log: log, from: "in", to: "out").run(records: records) }
    func rate(_ what: String, _ cost: Cost) -> [Figure] {
      [
        figure(what, Double(records) / cost.wall, "records/s"),
        figure("\(what), per CPU second", Double(records) / cost.cpu, "records"),
      ]
    }
    return rate("C loop", one) + rate("C loop, two producers", two) + rate("KafkaLog", ours) + [
      figure("KafkaLog : C loop, per CPU second", one.cpu / ours.cpu, "", ">= 0.7"),
      figure("KafkaLog : C loop with two, per CPU second", two.cpu / ours.cpu, "", ">= 0.7"),
      figure("KafkaLog : better C loop, by the clock", min(one.wall, two.wall) / ours.wall, ""),
    ]
  }

  private func figure(_ what: String, _ value: Double, _ unit: String, _ aim: String? = nil) -> Figure {
    Figure(benchmark: "copy/kafka", figure: what, value: value, unit: unit, aim: aim)
  }

  private func copyInC(producers: Int) throws {
    var reason = [CChar](repeating: 0, count: 512)
    let status = home.brokers.withCString { brokers in
      (home.prefix + "in").withCString { input in
        (home.prefix + "out-c\(producers)").withCString { output in
          (home.prefix + "loop-\(producers)").withCString { group in
            var settings = transaction_loop_settings(
              brokers: brokers, input: input, output: output, group: group, records: Int64(records),
              records_per_transaction: Int32(BareCopy.batch.records), producers: Int32(producers),
              prefetch: 128 << 10)
            return transaction_loop_run(&settings, &reason, reason.count)
          }
        }
      }
    }
    if status != 0 {
      throw Failure(
        description: String(decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
  }
}
