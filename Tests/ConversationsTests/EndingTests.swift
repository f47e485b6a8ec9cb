import Cases
import Conversations
import Streams
import Testing
import Time

struct EndingTests {
  @Test func `a draft holds a hundred messages`() {
    var bench = Bench()
    let start = time("10:00")
    for number in 0..<250 {
      bench.take(
        Delivery(
          id: "\(number)", message: Samples.message(.text, "\(number)"), created: start + .seconds(number),
          recorded: start + .seconds(number)))
    }
    #expect(bench.opinions.count == 2)
    bench.pass(to: "11:00")
    #expect(bench.texts == [0..<100, 100..<200, 200..<250].map { $0.map(String.init).joined(separator: "\n") })
  }

  @Test func `a draft holds twenty attachments, and a text beside them`() {
    var bench = Bench()
    for number in 10...30 { bench.send(Samples.message(.image, attachment: "\(number)"), at: "10:00:\(number)") }
    bench.text("路灯坏了", at: "10:01")
    bench.pass(to: "11:00")
    #expect(bench.opinions.map { $0.attachments?.count } == [20, 1])
    #expect(bench.texts == ["（图片）", "路灯坏了"])
    bench.send(Samples.message(.text, "以上"), at: "12:00")
    for number in 10..<30 { bench.send(Samples.message(.image, attachment: "\(number)"), at: "12:00:\(number)") }
    bench.text("就这些", at: "12:01")
    bench.pass(to: "13:00")
    #expect(bench.texts.last == "以上\n就这些" && bench.opinions.last?.attachments?.count == 20)
  }

  @Test func `a draft holds a hundred thousand bytes`() {
    var bench = Bench()
    let long = String(repeating: "a", count: 50_000)
    bench.text(long, at: "10:00")
    bench.text(long, at: "10:01")
    bench.text("b", at: "10:02")
    bench.pass(to: "11:00")
    #expect(bench.texts == [long + "\n" + long, "b"])
  }

  @Test func `the largest draft of the worst signs is an opinion that is taken, and a state that is`() throws {
    var bench = Bench()
    // Six bytes each as JSON.
    let long = String(repeating: "\u{1}", count: 15_000)
    bench.scan("c-1", at: "09:59")
    for minute in 10..<16 { bench.text(long, at: "10:\(minute)") }
    bench.finish(at: "10:20")
    #expect(bench.opinions.count == 1 && bench.deadLetters.isEmpty)
    #expect(bench.texts[0].utf8.count == 6 * 15_000 + 5)
    #expect(bench.largestState < 2 << 20 / 4 * 3)
  }

  @Test func `who leaves has spoken: the draft is sent as it is`() {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:00")
    bench.send(Samples.message(.unsubscribe), at: "10:01")
    bench.send(Samples.message(.unsubscribe), at: "10:02")
    #expect(bench.texts == ["路灯坏了"])
  }

  @Test func `who withdraws their consent has the draft dropped, and all but digests forgotten`() throws {
    var bench = Bench()
    bench.text("一", at: "10:00", id: "a")
    bench.finish(at: "10:01")
    bench.scan("c-1", at: "10:02")
    bench.text("二", at: "10:03", id: "b")
    bench.text("三", at: "10:04")
    bench.send(Samples.message(.revoked), at: "10:05")
    bench.text("一", at: "10:00", read: "10:06", id: "a")
    bench.text("二", at: "10:03", read: "10:06", id: "b")
    bench.pass(to: "12:00")
    #expect(bench.texts == ["一"])
    #expect(bench.counts["huiyin_chats_revoked"] == 1 && bench.counts["huiyin_chat_messages_dropped"] == 2)
    let stored = String(decoding: try #require(bench.entry().state).stored(), as: UTF8.self)
    for secret in ["o-1", "c-1", "一", "二", "三"] { #expect(!stored.contains(secret)) }
  }

  @Test
  func `what was written before the consent was withdrawn and comes later is dropped, what is written after it isn't`()
  {
    var bench = Bench()
    bench.send(Samples.message(.revoked), at: "10:05")
    bench.text("一", at: "10:04", read: "10:06")
    bench.scan("c-1", at: "10:04", read: "10:06")
    bench.text("二", at: "10:07")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["二"] && bench.opinions.map(\.code) == [nil])
    #expect(bench.counts["huiyin_chat_messages_dropped"] == 2)
  }

  @Test func `nothing of the citizen is left in the state once the opinion is sent`() throws {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:00")
    bench.finish(at: "10:01")
    let stored = String(decoding: try #require(bench.entry().state).stored(), as: UTF8.self)
    #expect(!stored.contains("o-1") && !stored.contains("路灯"))
  }
}
