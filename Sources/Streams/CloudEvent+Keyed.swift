package import EventLog

extension CloudEvent {
  /// Reads the envelope of a record whose key must be the case it is about.
  ///
  /// - Returns: the event, and its key as text.
  /// - Throws: ``Rejection`` if the record has no key, or one that its subject contradicts.
  package static func keyed(_ record: StoredRecord) throws(Rejection) -> (event: CloudEvent, key: String) {
    let event = try CloudEvent(record.record)
    guard let bytes = record.record.key else { throw Rejection("the record has no key") }
    guard let key = String(validating: bytes, as: UTF8.self) else { throw Rejection("the record's key is not UTF-8") }
    if let subject = event.subject, subject != key { throw Rejection("the record's key is not its ce_subject") }
    return (event, key)
  }
}
