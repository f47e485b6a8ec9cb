import Cases
import Testing
import Time

/// What a citizen costs in the state, in bytes of its stored form.
struct StateSizeTests {
  @Test func `an ordinary citizen takes little, while they speak and for the week after`() throws {
    var bench = Bench()
    bench.scan("0123456789012345678901234567890123456789012345678901234567890123", at: "10:00")
    bench.text("幸福路 12 号门口的路灯坏了三天了，晚上很黑。", at: "10:01")
    bench.send(Samples.message(.image, attachment: "0123456789abcdef0123456789abcdef.jpg"), at: "10:02")
    bench.send(Samples.message(.image, attachment: "fedcba9876543210fedcba9876543210.jpg"), at: "10:03")
    let speaking = try bench.stateSize()
    bench.finish(at: "10:04")
    let after = try bench.stateSize()
    #expect(bench.opinions.count == 1)
    print("conversations: state of \(speaking) bytes while speaking, \(after) after it")
    #expect(speaking < 1500 && after < 500)
  }

  @Test func `ten messages a day for years take as much as those of a week`() throws {
    var bench = Bench()
    let start = time("01-01T10:00")
    var largest = 0
    for day in 0..<60 {
      for number in 0..<10 {
        let moment = start + .seconds(day * 86_400 + number * 60)
        let kind: ChatMessage.Kind = number == 9 ? .finish : .text
        bench.take(
          Delivery(
            id: "\(day)-\(number)", message: Samples.message(kind, "路灯坏了"), created: moment, recorded: moment))
      }
      largest = max(largest, try bench.stateSize())
    }
    print("conversations: \(largest) bytes at most with ten messages a day")
    #expect(largest < 1500 && bench.opinions.count == 60)
  }

  @Test func `the largest draft takes little more than its texts`() throws {
    var bench = Bench()
    let start = time("10:00")
    for number in 0..<100 {
      bench.take(
        Delivery(
          id: "\(number)", message: Samples.message(.text, String(repeating: "灯", count: 333)),
          created: start + .seconds(number), recorded: start + .seconds(number)))
    }
    let size = try bench.stateSize()
    print("conversations: \(size) bytes with a draft of 100 messages and 99,900 bytes")
    #expect(bench.opinions.isEmpty && size < 110_000)
  }
}
