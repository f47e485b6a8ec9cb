import Cases
import Conversations
import Testing
import Time

struct JoiningTests {
  @Test func `what is written within the time is one opinion, in the order in which it was written`() {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:00:00")
    bench.text("请尽快修", at: "10:02:00")
    bench.text("在幸福路", at: "10:01:00", read: "10:02:03")
    bench.text("谢谢", at: "10:02:00", read: "10:02:04")
    #expect(bench.opinions.isEmpty)
    bench.pass(to: "10:13")
    #expect(bench.texts == ["路灯坏了\n在幸福路\n请尽快修\n谢谢"])
    #expect(bench.said.map(\.at) == [time("10:00")])
  }

  @Test func `a pause of ten minutes belongs to an opinion, a longer one ends it`() {
    var bench = Bench()
    bench.text("一", at: "10:00:00")
    bench.text("二", at: "10:10:00")
    bench.text("三", at: "10:20:01")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["一\n二", "三"])
  }

  @Test func `an opinion takes an hour at most`() {
    var bench = Bench()
    for minute in stride(from: 0, through: 54, by: 9) {
      bench.text("\(minute)", at: "10:\(minute < 10 ? "0" : "")\(minute)")
    }
    bench.text("60", at: "11:00:00")
    bench.text("61", at: "11:00:01")
    bench.pass(to: "12:00")
    #expect(bench.texts == ["0\n9\n18\n27\n36\n45\n54\n60", "61"])
  }

  @Test func `a late message that would stretch an opinion over an hour is one of its own`() {
    var bench = Bench()
    for minute in stride(from: 10, through: 58, by: 8) { bench.text("\(minute)", at: "10:\(minute)") }
    bench.text("0", at: "10:00", read: "10:58:01")
    bench.text("-3", at: "09:57", read: "10:58:02")
    bench.pass(to: "12:00")
    #expect(bench.texts == ["0\n10\n18\n26\n34\n42\n50\n58", "-3"])
  }

  @Test func `times are parameters`() {
    var bench = Bench(Pace(idle: .seconds(60), longest: .seconds(90), patience: .seconds(1)))
    bench.text("一", at: "10:00:00")
    bench.text("二", at: "10:01:00")
    bench.text("三", at: "10:01:31")
    bench.pass(to: "10:02:32")
    #expect(bench.texts == ["一\n二", "三"])
  }

  @Test func `finish sends it at once; without a draft it does nothing`() {
    var bench = Bench()
    bench.finish(at: "09:59")
    bench.text("路灯坏了", at: "10:00")
    bench.finish(at: "10:01")
    #expect(bench.texts == ["路灯坏了"])
    bench.finish(at: "10:02")
    bench.pass(to: "12:00")
    #expect(bench.texts == ["路灯坏了"])
  }

  @Test func `messages that waited in a gateway or in the log are judged by when they were written`() {
    var bench = Bench()
    bench.text("一", at: "10:00", read: "15:00:00")
    bench.text("二", at: "10:09", read: "15:00:20")
    bench.text("三", at: "11:00", read: "15:00:21")
    bench.pass(to: "15:00:50")
    #expect(bench.texts == ["一\n二"])
    bench.pass(to: "15:00:51")
    #expect(bench.texts == ["一\n二", "三"])
  }

  @Test func `a message that comes after its opinion was sent begins another, and what follows goes on with that`() {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:00")
    bench.finish(at: "10:02")
    bench.text("在幸福路", at: "10:01", read: "10:03")
    #expect(bench.texts == ["路灯坏了"])
    bench.text("谢谢", at: "10:04")
    bench.pass(to: "11:00")
    #expect(bench.texts == ["路灯坏了", "在幸福路\n谢谢"])
    #expect(Set(bench.said.map(\.id)).count == 2)
  }

  @Test func `a message from long before what is being said is an opinion of its own`() {
    var bench = Bench()
    bench.text("三", at: "12:00")
    bench.text("一", at: "10:00", read: "12:00:05")
    bench.text("二", at: "10:05", read: "12:00:06")
    bench.pass(to: "13:00")
    #expect(bench.texts == ["三", "一\n二"])
  }

  @Test func `pictures, voices and videos are attached, and a voice's words join the text`() {
    var bench = Bench()
    bench.send(Samples.message(.image, attachment: "1"), at: "10:00")
    bench.text("路灯坏了", at: "10:01")
    bench.send(Samples.message(.voice, "在幸福路", attachment: "2"), at: "10:02")
    bench.send(Samples.message(.video, attachment: "3"), at: "10:03")
    bench.send(Samples.message(.link, "新闻 https://example.org/1"), at: "10:04")
    bench.finish(at: "10:05")
    #expect(bench.texts == ["路灯坏了\n在幸福路\n新闻 https://example.org/1"])
    #expect(bench.opinions[0].attachments == ["1", "2", "3"].map(Samples.picture))
  }

  @Test func `the last place counts, and its label is the address`() {
    var bench = Bench()
    let first = Location(latitude: 30.1, longitude: 104.1)
    let second = Location(latitude: 30.2, longitude: 104.2)
    bench.send(Samples.message(.location, "幸福路 2 号", location: second), at: "10:02")
    bench.send(Samples.message(.location, "幸福路 1 号", location: first), at: "10:01", read: "10:02:01")
    bench.text("路灯坏了", at: "10:03")
    bench.finish(at: "10:04")
    #expect(bench.texts == ["路灯坏了"])
    #expect(bench.opinions.map(\.location) == [second] && bench.opinions.map(\.address) == ["幸福路 2 号"])
  }

  @Test(
    arguments: [
      ([.image], "（图片）"), ([.voice], "（语音）"), ([.video], "（视频）"), ([.location], "（位置）"),
      ([.voice, .image, .voice, .location], "（语音、图片、位置）"),
    ] as [([ChatMessage.Kind], String)])
  func `where nothing was written, fixed words name what was sent`(kinds: [ChatMessage.Kind], words: String) {
    var bench = Bench()
    for (minute, kind) in kinds.enumerated() {
      let place = kind == .location ? Location(latitude: 30, longitude: 104) : nil
      bench.send(Samples.message(kind, " ", attachment: place == nil ? "1" : nil, location: place), at: "10:0\(minute)")
    }
    bench.finish(at: "10:09")
    #expect(bench.texts == [words])
  }

  @Test func `a blank text says nothing`() {
    var bench = Bench()
    bench.text(" \n", at: "10:00")
    bench.finish(at: "10:01")
    bench.pass(to: "12:00")
    #expect(bench.opinions.isEmpty && bench.deadLetters.isEmpty)
  }

  @Test func `an opinion's id follows from the chat and its first message, whatever joins it`() throws {
    func id(_ chat: String, _ messages: [(id: String, at: String)]) throws -> String {
      var bench = Bench()
      for message in messages {
        bench.send(Samples.message(.text, message.id, by: chat), at: message.at, read: "10:05", id: message.id)
      }
      bench.pass(to: "11:00")
      return try #require(bench.said.first).id
    }
    let alone = try id("o-1", [("a", "10:00")])
    #expect(try id("o-1", [("a", "10:00"), ("b", "10:01")]) == alone)
    #expect(try id("o-1", [("b", "10:01"), ("a", "10:00")]) == alone)
    #expect(try id("o-1", [("a", "10:00"), ("b", "10:00")]) == alone)
    #expect(try id("o-1", [("b", "10:00"), ("a", "10:00")]) != alone)
    #expect(try id("o-2", [("a", "10:00")]) != alone)
  }

  @Test func `a citizen is reached by their id and known by no name`() throws {
    var bench = Bench()
    bench.text("路灯坏了", at: "10:00")
    bench.finish(at: "10:01")
    let said = try #require(bench.said.first)
    #expect(said.source == "/huiyin/wechat/county" && said.opinion.channel == "wechat")
    #expect(said.opinion.citizen == Citizen(id: "wechat/county/o-1", anonymous: true))
    #expect(said.opinion.citizen.isKnown)
    #expect(!said.id.contains("o-1") && !String(decoding: said.key, as: UTF8.self).contains("o-1"))
  }
}
