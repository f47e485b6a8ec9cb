import EventLog

/// Two producers of whole transactions that take turns, strictly one after the other.
///
/// After a commit the brokers are busy for a while with marking where the transaction ended, and one producer would have
/// to wait for that before it can write again. The other need not. Order is kept all the same: a transaction begins
/// only when the one before is decided, readers see nothing behind one that is still being marked, and of two offsets
/// of one group the brokers keep the one that was written later.
final class TurnTaking {
  private let producers: [TransactionalProducer]
  private var turn = 0

  /// Ends whatever producers of these ids left open, and fences them: both, before this returns. Waits for the brokers.
  init(_ ids: (String, String), of whose: String, cluster: Cluster) throws(LogError) {
    producers = [
      try TransactionalProducer(ids.0, of: whose, cluster: cluster),
      try TransactionalProducer(ids.1, of: whose, cluster: cluster),
    ]
    for producer in producers { try producer.ready() }
  }

  /// What was prepared is for the next transaction; see ``TransactionalProducer/prepare(_:)``.
  func prepare(_ outputs: [Output]) throws(LogError) -> PreparedOutputs {
    try producers[turn].prepare(outputs)
  }

  /// See ``TransactionalProducer/transact(_:_:)``. Neither is of any more use once one isn't.
  func transact(
    _ outputs: PreparedOutputs, _ offsets: GroupOffsets?
  ) throws(LogError) -> TransactionalProducer.Result {
    let result = try producers[turn].transact(outputs, offsets)
    turn = (turn + 1) % producers.count
    return result
  }
}
