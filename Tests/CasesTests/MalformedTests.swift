import Cases
import Testing

struct MalformedTests {
  @Test(arguments: [
    (#"{"by":"a","method":"绝密","text":"t"}"#, "data.method"), (#"{"by":"绝密","method":"phone","text":7}"#, "data.text"),
    (#"{"by":"绝密","method":"phone"}"#, "data.text"),
  ])
  func `what is wrong with data is said by the field's name, without what stands in it`(
    data: String, field: String
  ) throws {
    let error = #expect(throws: Malformed.self) {
      try CaseCommand(type: "cn.huiyin.case.reply.v1", data: Array(data.utf8))
    }
    #expect(error?.reason.hasPrefix(field) == true)
    #expect(error?.reason.contains("绝密") == false)
  }
}
