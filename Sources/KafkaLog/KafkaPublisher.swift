import EventLog

/// Appends from outside of any group: each call is a transaction.
final class KafkaPublisher: LogPublisher {
  private let whose: String
  private let address: String
  private var producer: TransactionalProducer?

  init(_ name: String, to cluster: Cluster) throws(LogError) {
    whose = "publisher \(name)"
    address = cluster.settings.address
    let producer = try TransactionalProducer("publisher/\(name)", of: whose, cluster: cluster)
    try producer.ready()
    self.producer = producer
  }

  func publish(_ outputs: [Output]) throws(LogError) -> [(partition: TopicPartition, offset: Offset)] {
    guard let producer else { throw LogError(.other, "\(whose) is closed", recovery: .restart) }
    if outputs.isEmpty { return [] }
    let prepared = try producer.prepare(outputs)
    switch try producer.transact(prepared) {
    case .committed(let offsets): return offsets.enumerated().map { (prepared.partition(of: $0), $1) }
    case .undone: throw LogError(.other, "\(address) undid what \(whose) wrote", recovery: .retry)
    }
  }

  func close() {
    producer = nil
  }
}
