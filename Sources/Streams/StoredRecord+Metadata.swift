import EventLog
import Logging

extension StoredRecord {
  /// What a line of the log says of a record: where it lies, its case and its trace. Not its value, nor a key that others
  /// than us may have chosen: they may hold personal data.
  var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = [
      "topic": "\(partition.topic)", "partition": "\(partition.partition)", "offset": "\(offset)",
    ]
    if let id = caseID ?? derivedKey { metadata["case"] = "\(id)" }
    if let id = traceID { metadata["trace_id"] = "\(id)" }
    return metadata
  }

  /// The subject, where it is made as a case id is.
  private var caseID: String? {
    guard let subject = record.header("ce_subject"), (1...64).contains(subject.count) else { return nil }
    let isID = subject.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    return isID ? String(decoding: subject, as: UTF8.self) : nil
  }

  /// The key, where it is a case id that was made of a digest: `h` and 26 characters of base32.
  private var derivedKey: String? {
    guard let key = record.key, key.count == 27, key.first == UInt8(ascii: "h") else { return nil }
    let isDigest = key.dropFirst().allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0)
    }
    return isDigest ? String(decoding: key, as: UTF8.self) : nil
  }

  /// The second field of `traceparent`: 32 hexadecimal digits.
  private var traceID: String? {
    guard let parent = record.header("traceparent") else { return nil }
    let fields = parent.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard fields.count >= 4, fields[1].count == 32 else { return nil }
    let isHex = fields[1].allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    return isHex ? String(decoding: fields[1], as: UTF8.self) : nil
  }
}
