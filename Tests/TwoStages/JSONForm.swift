import FoundationEssentials
package import EventLog
package import Streams

/// Values as JSON with sorted keys, and back.
package enum JSONForm {
  package static func bytes(of value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    // Plain numbers and truth values, of which all can be encoded.
    return (try? encoder.encode(value)).map { Array($0) } ?? []
  }

  package static func value<Value: Decodable>(_: Value.Type, of record: Record) throws(Rejection) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(record.value ?? []))
    } catch {
      throw Rejection("the value is not what it should be")
    }
  }
}
