package import Cases
package import EventLog
package import Reading
package import Streams
package import Time

/// What is it about? Reads what gateways published, checks it, names the case, and parts the person from the matter.
package struct ClassifyProcessor: Processor {
  package typealias State = Never

  package struct Input: Hashable, Sendable {
    package var id: CaseID
    package var submission: Submission
    package var citizen: Citizen
  }

  package let name = "classify"
  package let inputs = [Topics.opinions]
  private let classifier: Classifier
  private let reader: TextReader

  package init(classifier: Classifier, reader: TextReader) {
    self.classifier = classifier
    self.reader = reader
  }

  package var broadcasts: [String] { [Topics.directory] }

  package func hearing(_ broadcast: Broadcast) throws(Rejection) -> ClassifyProcessor {
    do throws(InvalidDirectory) {
      return ClassifyProcessor(
        classifier: classifier, reader: reader.knowing(try Directory(records: broadcast.entries.values)))
    } catch {
      throw Rejection(error.description)
    }
  }

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    let event = try CloudEvent(record.record)
    guard event.type == EventTypes.opinionSubmitted else {
      throw Rejection("unknown type \(event.type.prefix(100)) on \(record.partition.topic)")
    }
    let opinion: Opinion
    do {
      opinion = try Opinion(data: event.data)
    } catch {
      throw Rejection(error.reason)
    }
    let reference = OpinionReference(source: event.source, id: event.id)
    let recorded = GivenTime(record.timestamp)
    // A gateway whose clock runs ahead must not move a deadline.
    let isCredible = event.time.map { $0.instant <= record.timestamp + .seconds(5 * 60) } ?? false
    return Input(
      id: CaseID(opinion: reference, subject: event.subject),
      submission: Submission(
        opinion: reference, received: isCredible ? event.time ?? recorded : recorded, recorded: recorded,
        historic: event.extensions["historic"] == "true", statement: Statement(opinion)),
      citizen: opinion.citizen)
  }

  package func process(_ input: Input, state: inout Never?, at time: Instant) -> [Effect] {
    let statement = input.submission.statement
    var classification = classifier.classify(
      title: statement.title, text: statement.text,
      preset: statement.scan?.standing == .valid ? statement.scan?.category : nil, chosen: statement.category,
      chosenTopic: statement.subcategory)
    classification.reading = reader.read(title: statement.title, text: statement.text)
    let classified = ClassifiedOpinion(submission: input.submission, classification: classification)
    var effects = [
      emit(EventTypes.opinionClassified, index: 0, to: Topics.classifications, JSONData.encode(classified), for: input)
    ]
    if input.citizen.isKnown {
      effects.append(
        emit(EventTypes.citizen, index: 1, to: Topics.citizens, JSONData.encode(input.citizen), for: input))
    }
    return effects
  }

  private func emit(_ type: String, index: Int, to topic: String, _ data: [UInt8], for input: Input) -> Effect {
    let event = CloudEvent(
      id: "\(input.submission.opinion.digest).\(index)", source: Sources.classify, type: type, subject: input.id.text,
      time: input.submission.received, data: data)
    return .emit(to: topic, event.record(key: input.id.key))
  }
}
