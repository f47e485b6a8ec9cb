package import Cases
package import EventLog
package import Streams
package import Time

/// What can be alike? Sketches each classified opinion, and sends the sketch to each of its bands, where others that share
/// the band are met. Runs beside the cases' own way, which never waits for it.
///
/// The region is that of the station that would be assigned if only places counted: by the scanned code, the address or the
/// places in the text; a village's counts as its township's. Opinions of no known place are compared with each other.
package struct SketchProcessor: Processor {
  package typealias State = Never

  /// `nil` for a record that can't be read.
  package typealias Input = Classified?

  package struct Classified: Hashable, Sendable {
    /// The `ce_id` of the record at hand.
    package var cause: String
    package var id: CaseID
    package var opinion: ClassifiedOpinion
  }

  package let name = "sketch"
  package let inputs = [Topics.classifications]
  private let directory: Directory

  package init(directory: Directory) {
    self.directory = directory
  }

  package var broadcasts: [String] { [Topics.directory] }

  package func hearing(_ broadcast: Broadcast) throws(Rejection) -> SketchProcessor {
    do throws(InvalidDirectory) {
      return SketchProcessor(directory: try Directory(records: broadcast.entries.values))
    } catch {
      throw Rejection(error.description)
    }
  }

  /// What can't be read is passed over: `route` reads the same records, and makes dead letters of such.
  package func decode(_ record: StoredRecord) -> Classified? {
    guard let event = try? CloudEvent(record.record), event.type == EventTypes.opinionClassified,
      let id = event.subject.flatMap({ CaseID($0) }),
      let opinion = try? JSONData.decode(ClassifiedOpinion.self, from: event.data)
    else { return nil }
    return Classified(cause: event.id, id: id, opinion: opinion)
  }

  package func process(_ input: Classified?, state: inout Never?, at time: Instant) -> [Effect] {
    guard let input else { return [] }
    let submission = input.opinion.submission
    guard let sketch = Sketch(title: submission.statement.title, text: submission.statement.text) else { return [] }
    let region = region(of: input.opinion)
    return (0..<Sketch.bands).map { band in
      let entry = BandEntry(
        caseID: input.id, received: submission.received, region: region, band: band, sketch: sketch)
      let event = CloudEvent(
        id: "\(input.cause).b\(band)", source: Sources.similarity, type: EventTypes.band, subject: entry.key,
        time: submission.received, data: JSONData.encode(entry))
      return .emit(to: Topics.bands, event.record(key: Array(entry.key.utf8)))
    }
  }

  private func region(of opinion: ClassifiedOpinion) -> String? {
    let statement = opinion.submission.statement
    let assignment = directory.assign(
      code: statement.code, address: statement.address, region: opinion.classification.reading?.region,
      category: opinion.classification.category)
    // A department's matter lies where the station is that goes on supervising it.
    return directory.branch(of: (assignment.supervisor ?? assignment.owner).id)?.id
  }
}
