package import Cases
import Foundation
package import Streams

/// A file of CloudEvents, one JSON object a line, as `publish` and `replay` read it and `export` writes it.
package enum EventFile {
  package struct Line: Sendable {
    package var event: CloudEvent
    /// Where it belongs, by its type.
    package var topic: String
    package var caseID: CaseID
  }

  /// Bad lines, each with file, line and reason: the first 20, and how many there are.
  package struct Faults: Error, CustomStringConvertible {
    package var faults: [String]
    package var count: Int

    package var description: String {
      (faults + (count > faults.count ? ["… and \(count - faults.count) more"] : [])).joined(separator: "\n")
    }
  }

  private static let faultsShown = 20

  /// Reads and checks all lines before any is used.
  /// - Parameter timed: whether every line must have a time.
  /// - Throws: ``Faults``, or ``SettingsError`` if the file can't be read.
  package static func read(_ path: String, timed: Bool) throws -> [Line] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError("the file \(path) can't be read")
    }
    return try read(data, file: path, timed: timed)
  }

  static func read(_ data: Data, file: String, timed: Bool) throws -> [Line] {
    var lines: [Line] = []
    var faults = Faults(faults: [], count: 0)
    for (index, bytes) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
    where !bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
      do throws(Rejection) {
        lines.append(try line(Array(bytes), timed: timed))
      } catch {
        faults.count += 1
        if faults.faults.count < faultsShown { faults.faults.append("\(file):\(index + 1): \(error.reason)") }
      }
    }
    if faults.count > 0 { throw faults }
    return lines
  }

  private static func line(_ bytes: [UInt8], timed: Bool) throws(Rejection) -> Line {
    let event = try CloudEvent(json: bytes)
    guard event.time != nil || !timed else { throw Rejection("time is missing") }
    do throws(Malformed) {
      if event.type == EventTypes.opinionSubmitted {
        _ = try Opinion(data: event.data)
        let reference = OpinionReference(source: event.source, id: event.id)
        return Line(event: event, topic: Topics.opinions, caseID: CaseID(opinion: reference, subject: event.subject))
      }
      guard CaseCommand.types.contains(event.type) else { throw Malformed("unknown type \(event.type)") }
      guard let subject = event.subject, let caseID = CaseID(subject) else {
        throw Malformed("subject must be the case id: 1 to 64 of A–Z, a–z, 0–9, hyphen, underscore and dot")
      }
      _ = try CaseCommand(type: event.type, data: event.data)
      return Line(event: event, topic: Topics.commands, caseID: caseID)
    } catch {
      throw Rejection(error.reason)
    }
  }
}
