import EventLog
import Testing

@Suite struct RecordTests {
  @Test func `key, value and headers count towards the size`() {
    let record = Record(key: [1, 2], value: [3, 4, 5], headers: [Header("音", "ab"), Header("n", [UInt8]?.none)])
    #expect(record.size == 2 + 3 + 3 + 2 + 1)
    #expect(Record(key: nil, value: nil).size == 0)
  }

  @Test func `of headers with one name the last one counts`() {
    let record = Record(key: nil, value: nil, headers: [Header("a", "1"), Header("b", "2"), Header("a", "3")])
    #expect(record.header("a") == Array("3".utf8))
    #expect(record.header("c") == nil)
  }

  @Test func `partitions sort by topic, then by number`() {
    let sorted = [TopicPartition("b", 0), TopicPartition("a", 10), TopicPartition("a", 9)].sorted()
    #expect(sorted.map(\.description) == ["a/9", "a/10", "b/0"])
  }
}
