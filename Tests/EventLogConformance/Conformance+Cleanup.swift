import EventLog
import Time

extension Conformance {
  static let cleanup: [Check] = [
    Check("a compacted topic keeps the newest record of each key") { home in
      let compacted = Trial.topic("table", cleanup: .compact(tombstones: .seconds(3600)))
      let trial = try Trial(home, topics: [compacted])
      for round in 0..<5 { try trial.publish((0..<8).map { Trial.output("table", "key-\($0)", "\(round)") }) }
      let canClean = try home.maintain(trial.log)
      let records = try trial.contents(of: "table")
      let newest = Dictionary(records.map { ($0.record.key, $0.record.text) }) { $1 }
      try expect(newest.count, is: 8, "keys")
      try expect(Set(newest.values), is: ["4"], "values")
      if canClean { try expect(records.count, is: 8, "records after compaction") }
    },
    Check("a tombstone outlives its key for a while, then goes", needsClock: true, needsMaintenance: true) { home in
      let compacted = Trial.topic("table", cleanup: .compact(tombstones: .seconds(3600)))
      let trial = try Trial(home, topics: [compacted])
      try trial.publish([Trial.output("table", "gone", "1"), Trial.output("table", "stays", "1")])
      try trial.publish([Trial.output("table", "gone", nil)])
      home.clock?.advance(by: .seconds(3600))
      _ = try home.maintain(trial.log)
      try expect(try trial.values(of: "table"), is: ["1", "no value"], "records before its time")
      home.clock?.advance(by: .seconds(1))
      _ = try home.maintain(trial.log)
      try expect(try trial.values(of: "table"), is: ["1"], "records after its time")
      try trial.publish([Trial.output("table", "gone", "2")])
      try expect(try trial.values(of: "table"), is: ["1", "2"], "records after the key came back")
    },
    Check("records go when they are older than their topic keeps them", needsClock: true, needsMaintenance: true) {
      home in
      let trial = try Trial(
        home, topics: [Trial.topic("short", cleanup: .delete(after: .seconds(60))), Trial.topic("long")])
      for topic in ["short", "long"] { try trial.publishNumbers(0..<2500, to: topic) }
      home.clock?.advance(by: .seconds(61))
      for topic in ["short", "long"] { try trial.publishNumbers(2500..<2510, to: topic) }
      try expect(try home.maintain(trial.log), "the home can be told to clean up")
      try expect(try trial.values(of: "short"), is: (2500..<2510).map(String.init).sorted(), "young records")
      try expect(try trial.contents(of: "long").count, is: 2510, "records that are kept for good")
    },
  ]
}
