import Testing

@testable import KafkaLog

@Suite struct KafkaStatisticsTests {
  private func statistics(_ json: String) -> KafkaStatistics? {
    Array(json.utf8).withUnsafeBytes { KafkaStatistics(json: $0) }
  }

  @Test func `a client's own numbers are read, and queues are summed over its partitions`() {
    let read = statistics(
      """
      {"name": "huiyin#consumer-1", "tx_bytes": 10, "rx_bytes": 20, "rxmsgs": 3, "brokers": {},
       "topics": {"in": {"topic": "in", "partitions": {"0": {"fetchq_cnt": 4}, "-1": {"fetchq_cnt": 1}}}},
       "cgrp": {"state": "up", "rebalance_cnt": 2}}
      """)
    #expect(read?.bytesSent == 10 && read?.bytesReceived == 20 && read?.recordsReceived == 3)
    #expect(read?.recordsQueued == 5 && read?.rebalances == 2)
  }

  @Test func `what is no statistics is nothing`() {
    #expect(statistics("[]") == nil)
    #expect(statistics("{") == nil)
  }
}
