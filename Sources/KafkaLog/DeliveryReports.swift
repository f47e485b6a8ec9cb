import CLibrdkafka
import EventLog

/// What became of each record of a transaction. Filled by librdkafka on the thread that flushes, within the commit.
final class DeliveryReports {
  private(set) var offsets: [Offset] = []
  /// Why the first record that failed did.
  private(set) var failure: KafkaError?

  func begin(_ count: Int) {
    offsets = [Offset](repeating: -1, count: count)
    failure = nil
  }

  /// The record's number within the transaction travels as its opaque pointer, counted from 1.
  func take(_ report: rd_kafka_message_t) {
    if report.err != RD_KAFKA_RESP_ERR_NO_ERROR {
      // What an abort throws away says nothing of the cause.
      let isPurged = report.err == RD_KAFKA_RESP_ERR__PURGE_QUEUE || report.err == RD_KAFKA_RESP_ERR__PURGE_INFLIGHT
      if failure == nil, !isPurged { failure = KafkaError(report.err) }
      return
    }
    let index = Int(bitPattern: report._private) - 1
    if offsets.indices.contains(index) { offsets[index] = report.offset }
  }
}
