import EventLog
import Time

extension StoredRecord {
  /// The form in which a record waits in a changelog, with all that it came with.
  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt8(1))
    writer.write(partition.topic)
    writer.write(UInt32(partition.partition))
    writer.write(offset)
    writer.write(timestamp.milliseconds)
    writer.write(optional: record.key)
    writer.write(optional: record.value)
    writer.write(UInt32(record.headers.count))
    for header in record.headers {
      writer.write(header.name)
      writer.write(optional: header.value)
    }
    return writer.bytes
  }

  init(encoded bytes: [UInt8]) throws {
    self = try bytes.withUnsafeBytes { try StoredRecord(encoded: $0) }
  }

  init(encoded bytes: UnsafeRawBufferPointer) throws {
    var reader = ByteReader(bytes)
    guard try reader.read(UInt8.self) == 1 else { throw ByteReader.Truncated() }
    let topic = try reader.readText()
    let partition = TopicPartition(topic, Int(try reader.read(UInt32.self)))
    let offset: Offset = try reader.read()
    let timestamp = Instant(milliseconds: try reader.read())
    let key = try reader.readOptional()
    let value = try reader.readOptional()
    var headers: [Header] = []
    for _ in 0..<(try reader.read(UInt32.self)) {
      headers.append(Header(try reader.readText(), try reader.readOptional()))
    }
    self.init(
      partition: partition, offset: offset, timestamp: timestamp,
      record: Record(key: key, value: value, headers: headers))
  }
}
