package import EventLog
package import Streams
package import Time

/// The plain job that is measured beside the same job on other engines: counts the records of each case, remembers the
/// last, and tells of both.
///
/// A record that can't be read (no key, or a value that isn't such JSON) is counted, told of and left behind: the job
/// has no topic for dead letters, and one bad record holds nothing up.
package struct ReferenceProcessor: Processor {
  package enum Input: Sendable {
    case record(CaseRecord, key: [UInt8])
    case unreadable
  }

  package let name: String
  package let inputs: [String]
  package let changelog: String
  private let output: String
  private let report: @Sendable (_ record: StoredRecord, _ reason: String) -> Void

  /// - Parameters:
  ///   - name: the consumer group's.
  ///   - report: told of each record that can't be read; more than once if its batch is undone.
  package init(
    name: String, input: String, output: String, changelog: String,
    report: @escaping @Sendable (_ record: StoredRecord, _ reason: String) -> Void
  ) {
    self.name = name
    inputs = [input]
    self.output = output
    self.changelog = changelog
    self.report = report
  }

  package func decode(_ record: StoredRecord) throws(Rejection) -> Input {
    do throws(CaseRecord.Unreadable) {
      guard let value = record.record.value else { throw CaseRecord.Unreadable(reason: "it has no value") }
      guard let key = record.record.key else { throw CaseRecord.Unreadable(reason: "it has no key") }
      guard key.withUnsafeBufferPointer({ UTF8Check.firstFault(in: $0) }) == nil else {
        throw CaseRecord.Unreadable(reason: "its key is no UTF-8")
      }
      return .record(try CaseRecord(json: value), key: key)
    } catch {
      report(record, error.reason)
      return .unreadable
    }
  }

  package func process(
    _ input: Input, state: inout CaseTally?, at time: Instant
  ) throws(Rejection) -> [Effect] {
    guard case .record(let record, let key) = input else { return [.count(Counted("reference_unreadable"))] }
    let tally = CaseTally(count: (state?.count ?? 0) + 1, lastSeq: record.seq, lastTime: record.time)
    state = tally
    return [.emit(to: output, Record(key: key, value: Self.output(key, tally, title: record.title)))]
  }

  package func punctuate(_ timer: Timer, state: inout CaseTally?, at time: Instant) -> [Effect] { [] }

  private static func output(_ key: [UInt8], _ tally: CaseTally, title: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(96 + key.count + title.count + tally.lastTime.count)
    bytes.append(#"{"case":"#)
    JSONString.append(key, to: &bytes)
    bytes.append(#","count":"#)
    Integer.append(tally.count, to: &bytes)
    bytes.append(#","lastSeq":"#)
    Integer.append(tally.lastSeq, to: &bytes)
    bytes.append(#","title":"#)
    bytes.append(contentsOf: title)
    bytes.append(#","time":"#)
    bytes.append(contentsOf: tally.lastTime)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}
