import Cases
package import EventLog
package import Streams

extension Code {
  /// As a record of the topic `codes`, which keeps the newest of each key.
  package var record: Record {
    let event = CloudEvent(
      id: "\(id).\(revoked == nil ? "made" : "revoked")", source: Sources.codes, type: EventTypes.code,
      subject: id.text, time: revoked?.at ?? made, data: JSONData.encode(self))
    return event.record(key: id.key)
  }

  /// - Throws: ``Rejection`` if it isn't a code, or not that of its key.
  package init(_ record: Record) throws(Rejection) {
    let event = try CloudEvent(record)
    guard event.type == EventTypes.code else { throw Rejection("unknown type \(event.type.prefix(100)) of a code") }
    do {
      self = try JSONData.decode(Self.self, from: event.data)
      try check()
    } catch {
      throw Rejection(error.reason)
    }
    guard record.key == id.key else { throw Rejection("the record's key is not the code's id") }
  }
}
