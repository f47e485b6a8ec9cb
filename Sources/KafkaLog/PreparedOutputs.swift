import CLibrdkafka
import EventLog

/// Outputs whose places are settled and whose sizes are known to fit, for one client's next transaction.
struct PreparedOutputs {
  private let outputs: [Output]
  /// The topics' handles are the client's.
  private var targets: [(topic: OpaquePointer, partition: Int32)] = []

  init(_ outputs: [Output]) {
    self.outputs = outputs
    targets.reserveCapacity(outputs.count)
  }

  /// Settles the next output's place.
  mutating func append(_ topic: OpaquePointer, _ partition: Int) {
    targets.append((topic, Int32(clamping: partition)))
  }

  var count: Int { targets.count }

  func partition(of number: Int) -> TopicPartition {
    TopicPartition(outputs[number].topic, Int(targets[number].partition))
  }

  /// Per partition that gets one of the outputs, the offset after the last; and which partitions hold one whose offset
  /// isn't known.
  func ends(_ offsets: [Offset]) -> (ends: [TopicPartition: Offset], untold: Set<TopicPartition>) {
    // By handle and number, lest a name be hashed for each record.
    struct Place: Hashable {
      let topic: OpaquePointer
      let partition: Int32
    }
    var last: [Place: (number: Int, end: Offset, isTold: Bool)] = [:]
    for (number, offset) in offsets.enumerated() {
      let place = Place(topic: targets[number].topic, partition: targets[number].partition)
      let before = last[place] ?? (number, 0, true)
      last[place] = (number, max(before.end, offset + 1), before.isTold && offset >= 0)
    }
    var ends: [TopicPartition: Offset] = [:]
    var untold: Set<TopicPartition> = []
    for found in last.values {
      ends[partition(of: found.number)] = found.end
      if !found.isTold { untold.insert(partition(of: found.number)) }
    }
    return (ends, untold)
  }

  /// - Parameter number: comes back with the delivery report.
  func produce(_ number: Int, with client: OpaquePointer) -> rd_kafka_resp_err_t {
    let record = outputs[number].record
    let (topic, partition) = targets[number]
    var headers: OpaquePointer?
    if !record.headers.isEmpty {
      headers = rd_kafka_headers_new(record.headers.count)
      for header in record.headers {
        header.value.withLentBytes { value in
          _ = rd_kafka_header_add(headers, header.name, -1, value.baseAddress, value.count)
        }
      }
    }
    let code = record.key.withLentBytes { key in
      record.value.withLentBytes { value in
        clibrdkafka_produce(
          client, topic, partition, key.baseAddress, key.count, value.baseAddress,
          value.count, headers, UnsafeMutableRawPointer(bitPattern: number + 1))
      }
    }
    if code != RD_KAFKA_RESP_ERR_NO_ERROR, let headers { rd_kafka_headers_destroy(headers) }
    return code
  }
}

extension [UInt8]? {
  /// Lends the bytes in C's way of telling nothing from empty: only nothing has no address.
  fileprivate func withLentBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard let self else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    if self.isEmpty {
      return withUnsafeBytes(of: UInt8(0)) { body(UnsafeRawBufferPointer(start: $0.baseAddress, count: 0)) }
    }
    return self.withUnsafeBytes(body)
  }
}
