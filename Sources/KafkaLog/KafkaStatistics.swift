import FoundationEssentials

/// A few of the numbers that a client keeps about itself, as they stood when it told them.
package struct KafkaStatistics: Sendable, Equatable {
  package var bytesSent: Int64
  package var bytesReceived: Int64
  package var recordsReceived: Int64
  /// Fetched and not yet handed out.
  package var recordsQueued: Int64
  package var rebalances: Int64

  /// - Parameter json: as in librdkafka's STATISTICS.md.
  /// - Returns: `nil` if it isn't such a text.
  init?(json: UnsafeRawBufferPointer) {
    guard let report = try? JSONDecoder().decode(Report.self, from: Data(json)) else { return nil }
    bytesSent = report.tx_bytes ?? 0
    bytesReceived = report.rx_bytes ?? 0
    recordsReceived = report.rxmsgs ?? 0
    recordsQueued = 0
    for topic in (report.topics ?? [:]).values {
      for partition in topic.partitions.values { recordsQueued += partition.fetchq_cnt ?? 0 }
    }
    rebalances = report.cgrp?.rebalance_cnt ?? 0
  }

  private struct Report: Decodable {
    var tx_bytes: Int64?
    var rx_bytes: Int64?
    var rxmsgs: Int64?
    var topics: [String: Topic]?
    var cgrp: Group?
  }

  private struct Topic: Decodable {
    var partitions: [String: Partition]
  }

  private struct Partition: Decodable {
    var fetchq_cnt: Int64?
  }

  private struct Group: Decodable {
    var rebalance_cnt: Int64?
  }
}
