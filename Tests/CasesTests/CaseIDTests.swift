import Cases
import Testing

struct CaseIDTests {
  /// From Python: `base64.b32encode(hashlib.sha256((source + "\n" + id).encode()).digest())`, lower case, 26 characters.
  @Test(arguments: [
    ("//message-board", "msg-165105", "hzu5qklmviwmhmuwunwivzt2j3s"),
    ("/gateway/wechat", "24041234567890", "hdgcil6xj2qxoezcca7b2u56xk2"),
    ("", "", "hag5eogoibnx6senqsgt4aujewz"),
    ("/意见箱", "一号", "hfrjem772sk4gyxhqmpv76hhzzp"),
  ])
  func `an opinion without a subject has a case id derived from its source and id`(
    source: String, id: String, expected: String
  ) {
    let reference = OpinionReference(source: source, id: id)
    #expect(CaseID(opinion: reference, subject: nil).text == expected)
    #expect(CaseID(expected)?.text == expected)
    #expect(reference.digest == String(expected.dropFirst()))
  }

  @Test(arguments: ["msg-165105", "A", "a.b_c-D9", ".", String(repeating: "x", count: 64)])
  func `a subject that can be a case id is one`(subject: String) {
    #expect(CaseID(opinion: OpinionReference(source: "/s", id: "1"), subject: subject).text == subject)
  }

  @Test(arguments: [
    "", " ", "a b", "a/b", "a+b", "a:b", "意见", "é", "a\u{0}", "a\n", "ａ", String(repeating: "x", count: 65),
  ])
  func `a subject that can't be a case id is passed over`(subject: String) {
    let reference = OpinionReference(source: "//message-board", id: "msg-165105")
    #expect(CaseID(subject) == nil)
    #expect(CaseID(opinion: reference, subject: subject).text == "hzu5qklmviwmhmuwunwivzt2j3s")
  }

  @Test func `another source or another id is another case`() {
    let ids = [("/a", "1"), ("/a", "2"), ("/b", "1"), ("/a1", ""), ("", "/a1")].map {
      CaseID(opinion: OpinionReference(source: $0.0, id: $0.1), subject: nil)
    }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `case ids are in the order of their bytes`() throws {
    let texts = ["a", "B", "a-1", "a.1", "_", "9", "10"]
    #expect(
      try texts.map { try #require(CaseID($0)) }.sorted().map(\.text) == ["10", "9", "B", "_", "a", "a-1", "a.1"])
  }

  @Test func `a case id in JSON is its text, and one that can't be is refused`() throws {
    #expect(JSONData.encode([CaseID("c-1")]) == Array(#"["c-1"]"#.utf8))
    #expect(throws: Malformed("data.0 is not a case id")) {
      try JSONData.decode([CaseID].self, from: Array(#"["王小明"]"#.utf8))
    }
  }
}
