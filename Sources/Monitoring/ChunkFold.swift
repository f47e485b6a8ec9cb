import Cases
import EventLog
import Streams

/// Folds a chunk of all topics into the read model, within one transaction: any division into chunks and any interleaving
/// of topics and partitions ends in the same model.
struct ChunkFold {
  private var cases: CaseFold
  private var citizens: CitizenFold
  private var arrivals: ArrivalFold
  private let feedback: FeedbackFold
  private let letters: DeadLetterFold
  private var directory: DirectoryFold

  init(_ folding: Folding) {
    cases = CaseFold(folding)
    citizens = CitizenFold(folding)
    arrivals = ArrivalFold(folding)
    feedback = FeedbackFold(folding)
    letters = DeadLetterFold(folding)
    directory = DirectoryFold(folding)
  }

  /// What is read, beside which nothing is: `cases` must be there, the others may come later.
  static let topics = [
    Topics.cases, Topics.citizens, Topics.classifications, Topics.feedback, Topics.deadLetters, Topics.directory,
  ]

  /// - Parameter event: of a record of `cases`.
  mutating func take(_ stored: StoredRecord, _ event: Result<RecordedEvent, Rejection>?) throws {
    switch stored.partition.topic {
    case Topics.deadLetters: try letters.take(stored)
    case _ where stored.record.isControl: break
    case Topics.cases: try cases.take(stored, event ?? RecordedEvent.read(stored))
    case Topics.citizens: try citizens.take(stored)
    case Topics.classifications: try arrivals.take(stored)
    case Topics.feedback: try feedback.take(stored)
    case Topics.directory: try directory.take(stored)
    default: break
    }
  }

  func store() throws {
    try cases.store()
    try citizens.store()
    try arrivals.store()
    try directory.store()
  }
}
