import SeededRandom
import Cases
import Similarity
import Testing

struct SketchTests {
  private func sketch(_ text: String, title: String? = nil) throws -> Sketch {
    try #require(Sketch(title: title, text: text))
  }

  @Test func `the same text has the same sketch, and is wholly like itself`() throws {
    let sketch = try sketch(Texts.lamp)
    #expect(try self.sketch(Texts.lamp) == sketch)
    #expect(sketch.similarity(to: sketch) == 1)
  }

  @Test func `a sketch is the same on every machine`() throws {
    let text = String(decoding: JSONData.encode(try sketch("柳河镇中心小学门口的路灯坏了")), as: UTF8.self)
    #expect(
      text == """
        "BfpFkwnIKYHfFQC6X4xzCCPwrXttJhaK2gKEx7lhkVCQ6Ocx7kp/J0dK54+fs4AkyOgwFcPlOOK72ZSOKFRsbwK3RaWGrisckd7G0zvZ4S2P7cf0i8o\
        Z0ENOVmarhBauKj4a06tEgezw9aqVykvPJ+u7itxmc93JXepRSCTng08l+G4J4r45z62DK/uj3gLQmxJZLzPeVu8vpFt70TcwEqOQGrTxzPA6uSQ5PX\
        3FraicBWQvk4jaYs+oPNU5oXnYO9kIQGv+OD/kPsjOtEcrHLE94SQgLE2phd/JpaQS8L3U7Ulaq/CcCtRT7FJA7VmMVrivpZsWiDo4PTcvTpdK2w=="
        """)
  }

  @Test func `a sketch is the same after encoding and decoding`() throws {
    let sketch = try sketch(Texts.river)
    #expect(try JSONData.decode(Sketch.self, from: JSONData.encode(sketch)) == sketch)
  }

  @Test(arguments: ["\"\"", "\"AAAA\"", "\"!!\"", "1"])
  func `what is no sketch is refused`(json: String) {
    #expect(throws: Malformed.self) { try JSONData.decode(Sketch.self, from: Array(json.utf8)) }
  }

  @Test func `layout, form, greetings and emoji change nothing`() throws {
    let text = "柳河镇A3路12号路灯坏了请来修一下"
    for other in [
      "柳河镇，A3路12号，路灯坏了！请来修一下。", "柳河镇Ａ３路１２号\n\n路灯坏了　请来修一下", "尊敬的书记：您好！柳河镇a3路12号路灯坏了，请来修一下，谢谢",
      "🔥柳河镇A3路12号路灯\u{200B}坏了，请来修一下😀",
    ] { #expect(try sketch(other) == sketch(text), "\(other)") }
    #expect(try sketch("路12号路灯坏了请来修一下", title: "柳河镇A3") == sketch(text))
  }

  @Test(arguments: ["", "路灯坏了", "谢谢谢谢谢谢谢谢谢谢谢谢", "😀😀😀😀😀😀😀😀😀😀😀😀", "一二三四五六七八九", "，。！？，。！？，。！？"])
  func `a text that says too little has no sketch`(text: String) {
    #expect(Sketch(title: nil, text: text) == nil)
  }

  @Test func `ten characters are enough`() throws {
    #expect(try sketch("一二三四五六七八九十").similarity(to: sketch("一二三四五六七八九十")) == 1)
  }

  @Test func `a text said again in other words is alike, another matter is not`() throws {
    let lamp = try sketch(Texts.lamp)
    #expect(lamp.similarity(to: try sketch(Texts.lampAgain)) >= 0.5)
    #expect(lamp.similarity(to: try sketch(Texts.river)) < 0.05)
    #expect(try sketch(Texts.river).similarity(to: lamp) == lamp.similarity(to: try sketch(Texts.river)))
  }

  @Test func `the estimate is the share of common runs, give or take`() throws {
    let seed: UInt64 = 991
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    var worst = 0.0
    var sum = 0.0
    let rounds = 150
    for _ in 0..<rounds {
      let text = Texts.random(Int.random(in: 60...400, using: &chance), &chance)
      let other = Texts.changed(text, share: Double.random(in: 0...0.5, using: &chance), &chance)
      let error = try sketch(text).similarity(to: sketch(other)) - jaccard(text, other)
      worst = max(worst, abs(error))
      sum += error
    }
    print("worst error \(worst), mean \(sum / Double(rounds))")
    // The standard error is at most 0.044.
    #expect(worst < 0.18)
    #expect(abs(sum / Double(rounds)) < 0.01)
  }

  private func jaccard(_ one: String, _ other: String) -> Double {
    func runs(_ text: String) -> Set<[UInt32]> {
      let scalars = text.unicodeScalars.map(\.value)
      return Set((0..<max(0, scalars.count - 2)).map { Array(scalars[$0..<$0 + 3]) })
    }
    let (first, second) = (runs(one), runs(other))
    return Double(first.intersection(second).count) / Double(first.union(second).count)
  }

  @Test(.timeLimit(.minutes(1)))
  func `the longest opinion is known by its beginning`() throws {
    let long = String(repeating: Texts.lamp, count: 4000)
    #expect(try sketch(long + Texts.river) == sketch(long))
  }
}
