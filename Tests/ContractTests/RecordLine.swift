import Cases
import EventLog
import Streams

/// One line for `check_records.py`.
struct RecordLine {
  var topic: String
  var type: String
  /// JSON; `nil` where it isn't looked into.
  var data: [UInt8]?
  var headers: [String: String]?
  var isValid = true
  /// Of a form that we write, so that its schema must name every field.
  var isOurs = false

  init(_ topic: String, _ type: String, _ data: [UInt8], isValid: Bool = true, isOurs: Bool = false) {
    (self.topic, self.type, self.data, self.isValid, self.isOurs) = (topic, type, data, isValid, isOurs)
  }

  /// A record as we wrote it; `nil` for a tombstone.
  init?(_ topic: String, _ record: Record) {
    guard record.value != nil else { return nil }
    self.topic = topic
    type = record.header("ce_type").map { String(decoding: $0, as: UTF8.self) } ?? ""
    data = record.value
    headers = Dictionary(
      record.headers.map { ($0.name, String(decoding: $0.value ?? [], as: UTF8.self)) }, uniquingKeysWith: { $1 })
    isOurs = true
  }

  /// What became of a record that could not be read.
  init(_ letter: DeadLetter) {
    let record = letter.record
    topic = DeadLetter.topic
    type = ""
    headers = Dictionary(
      record.headers.map { ($0.name, String(decoding: $0.value ?? [], as: UTF8.self)) }, uniquingKeysWith: { $1 })
  }

  var text: String {
    let data = data.map { String(decoding: $0, as: UTF8.self) } ?? "null"
    let start = #"{"topic":"\#(topic)","type":"\#(type)","valid":\#(isValid),"ours":\#(isOurs),"data":\#(data)"#
    return headers.map { #"\#(start),"headers":\#(String(decoding: JSONData.encode($0), as: UTF8.self))}"# } ?? start
      + "}"
  }
}
