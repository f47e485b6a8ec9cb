import Cases
import EventLog
import Streams
import Time

/// That what one case must tell another, or the year's count a case, has become a command: of each event that was to be
/// passed on and that its stage took in, there must be one in `commands`, wherever that lies.
struct Relaying {
  private struct Expected {
    let stage: Stage
    let caseID: CaseID
    let place: Place
    let recorded: Instant
    let target: TopicPartition
  }

  private struct Ask: Decodable {
    var caseID: CaseID
  }

  private var expected: [Fingerprint: Expected] = [:]
  private var sent: Set<Fingerprint> = []
  private var readings: [TopicPartition: LogScan.Reading] = [:]

  /// Notes what must follow from an event.
  mutating func see(_ input: StageInput.Event, _ record: StoredRecord, _ inspection: Inspection) {
    let cause = input.envelope.id
    switch input.event {
    case .merged(let merged): expect(cause, 0, in: merged.into, of: input.caseID, record, inspection)
    case .unmerged(let unmerged): expect(cause, 0, in: unmerged.from, of: input.caseID, record, inspection)
    case .mergeDeclined(let declined): expect(cause, 0, in: declined.other, of: input.caseID, record, inspection)
    case .replied(let replied): expect(cause, in: replied.merged, of: input.caseID, record, inspection)
    case .refused(let refused): expect(cause, in: refused.merged, of: input.caseID, record, inspection)
    case .supervisionRequested(let request):
      let key = "supervision-\(request.year)"
      expect(
        .relay, Sources.relay, cause + ".0", Topics.quotas, Array(key.utf8), of: input.caseID, record, inspection)
    // Where route reads them: each asks who is to have it now.
    case .returned, .transferred, .escalated:
      expect(
        .route, Sources.route, cause + ".0", Topics.commands, input.caseID.key, of: input.caseID, record, inspection)
    case .opened, .classified, .assigned, .signed, .signOverdue, .coHandled, .raised, .reminded, .overdue,
      .overdueWithdrawn, .supervised, .supervisionDenied, .reported, .deadlineChanged, .extensionRequested, .extended,
      .extensionDenied, .paused, .resumed, .delivered, .undelivered, .rated, .reopened, .joined, .parted,
      .supplemented, .similarFound, .closed, .reviewDue, .reviewed, .erased, .disclosed, .refusedCommand:
      break
    }
  }

  private mutating func expect(
    _ cause: String, in others: [CaseID]?, of caseID: CaseID, _ record: StoredRecord, _ inspection: Inspection
  ) {
    for (index, other) in (others ?? []).enumerated() {
      expect(cause, index, in: other, of: caseID, record, inspection)
    }
  }

  private mutating func expect(
    _ cause: String, _ index: Int, in other: CaseID, of caseID: CaseID, _ record: StoredRecord,
    _ inspection: Inspection
  ) {
    expect(
      .relay, Sources.relay, "\(cause).\(index)", Topics.commands, other.key, of: caseID, record, inspection)
  }

  private mutating func expect(
    _ stage: Stage, _ source: String, _ id: String, _ topic: String, _ key: [UInt8], of caseID: CaseID,
    _ record: StoredRecord, _ inspection: Inspection
  ) {
    guard case .consumed = inspection.standing(record, of: stage) else { return }
    let partition = Partitioner.partition(of: key, among: inspection.horizon.partitions)
    expected[Fingerprint(topic, source, id, key)] = Expected(
      stage: stage, caseID: caseID, place: Place(record), recorded: record.timestamp,
      target: TopicPartition(topic, partition))
  }

  /// Notes a command that a stage has sent.
  mutating func see(_ command: StageInput.Command, _ record: StoredRecord) {
    let source = command.reference.source
    guard source == Sources.relay || source == Sources.quota || source == Sources.route else { return }
    sent.insert(Fingerprint(Topics.commands, source, command.reference.id, command.caseID.key))
  }

  mutating func noteCommands(_ number: Int, _ reading: LogScan.Reading) {
    readings[TopicPartition(Topics.commands, number)] = reading
  }

  /// Reads what cases ask of the year's count.
  mutating func readQuotas(_ number: Int, _ inspection: Inspection) throws(LogError) {
    readings[TopicPartition(Topics.quotas, number)] = try inspection.read(Topics.quotas, number) { record in
      guard inspection.checkPlace(record) else { return }
      do throws(Rejection) {
        let (envelope, key) = try CloudEvent.keyed(record)
        sent.insert(Fingerprint(Topics.quotas, envelope.source, envelope.id, Array(key.utf8)))
        let ask: Ask
        do throws(Malformed) {
          ask = try JSONData.decode(Ask.self, from: envelope.data)
        } catch {
          throw Rejection(error.reason)
        }
        expect(
          .quota, Sources.quota, envelope.id + ".0", Topics.commands, ask.caseID.key, of: ask.caseID, record,
          inspection)
      } catch {
        guard case .consumed = inspection.standing(record, of: .quota) else { return }
        let sentence = "quota could not read it (\(error.reason)), and it is no dead letter"
        inspection.findings.add(.unreadableKept, at: Place(record), sentence)
      }
    }
  }

  /// Comes after all partitions.
  func check(_ findings: Findings) {
    let lost = expected.filter { name, expected in
      !sent.contains(name) && readings[expected.target]?.mayHaveLost(recordsSince: expected.recorded) != true
    }
    for expected in lost.values.sorted(by: {
      ($0.place.partition, $0.place.offset) < ($1.place.partition, $1.place.offset)
    }) {
      findings.add(
        .nothingLost, case: expected.caseID, at: expected.place,
        "\(expected.stage.rawValue) took this record in, and sent nothing on")
    }
  }
}
