import HTTPTypes
import HTTPValues
import Testing
import Time
import WeChat

struct URLCheckTests {
  @Test func `the echostr comes back raw, as plain text that no browser guesses at`() async throws {
    let callback = try Callback()
    let response = try await callback.get(Callback.signed().merging(["echostr": "<b>5927+1/=</b>"]) { $1 })
    #expect(response.head.status == .ok)
    #expect(response.body == Array("<b>5927+1/=</b>".utf8))
    #expect(response.head.headerFields[.contentType] == "text/plain; charset=utf-8")
    #expect(response.head.headerFields[.xContentTypeOptions] == "nosniff")
    #expect(response.head.headerFields[.cacheControl] == "no-store")
    #expect(try callback.count("verified") == 1)
  }

  @Test(arguments: ["signature", "timestamp", "nonce"])
  func `without one of the three parameters it is refused`(name: String) async throws {
    let callback = try Callback()
    var query = Callback.signed().merging(["echostr": "1"]) { $1 }
    query[name] = nil
    #expect(try await callback.get(query).head.status == .forbidden)
    query[name] = "1"
    #expect(try await callback.get(query).head.status == .forbidden)
    #expect(try callback.count("unproven") == 2)
  }

  @Test func `a signature is the SHA-1 of the three, sorted by their bytes`() {
    #expect(CallbackSignature.of(["b", "11", "a"]) == CallbackSignature.of(["a", "b", "11"]))
    #expect(CallbackSignature.of(["a", "b", "c"]) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    #expect(!CallbackSignature.matches(nil, ["a"]))
    #expect(!CallbackSignature.matches("", ["a"]))
    #expect(!CallbackSignature.matches("a9993e364706816aba3e25717850c26c9cd0d89e", ["a", "b", "c"]))
    #expect(CallbackSignature.matches("a9993e364706816aba3e25717850c26c9cd0d89d", ["c", "b", "a"]))
  }

  @Test func `an encrypted echostr comes back in clear, and raw if its own signature doesn't hold`() async throws {
    let callback = try Callback(mode: .safe)
    let cipher = try #require(MessageCipher(aesKey: Callback.aesKey, appID: Callback.appID))
    let encrypted = try cipher.encrypt(Array("echo".utf8), random: Array(repeating: 7, count: 16))
    var query = Callback.signed(encrypted: encrypted).merging(["echostr": encrypted]) { $1 }
    #expect(try await callback.get(query).body == Array("echo".utf8))
    query["msg_signature"] = query["signature"]
    #expect(try await callback.get(query).body == Array(encrypted.utf8))
    query["signature"] = nil
    #expect(try await callback.get(query).head.status == .forbidden)
  }

  @Test func `an echostr must be there, and short`() async throws {
    let callback = try Callback()
    #expect(try await callback.get(Callback.signed()).head.status == .badRequest)
    let long = Callback.signed().merging(["echostr": String(repeating: "1", count: 1025)]) { $1 }
    #expect(try await callback.get(long).head.status == .badRequest)
  }

  @Test(arguments: [
    ("1790215200", HTTPResponse.Status.ok), ("1790214900", .ok), ("1790215500", .ok), ("1790214899", .forbidden),
    ("1790215501", .forbidden), ("", .forbidden), ("x", .forbidden), ("9999999999999999999", .forbidden),
  ])
  func `stale timestamps are refused where that is set`(timestamp: String, status: HTTPResponse.Status) async throws {
    let callback = try Callback(maximumAge: .seconds(300))
    let query = Callback.signed(timestamp: timestamp).merging(["echostr": "1"]) { $1 }
    #expect(try await callback.get(query).head.status == status)
    #expect(try await callback.post(Message.text("x").xml, query: query).head.status == status)
    #expect(try callback.count("stale") == (status == .ok ? 0 : 2))
    #expect(try await Callback().get(query).head.status == .ok)
  }

  @Test func `other accounts, paths and methods`() async throws {
    let callback = try Callback()
    #expect(try await callback.get(Callback.signed(), from: "nobody").head.status == .notFound)
    #expect(try await callback.send(.get, "/wechat") == nil)
    #expect(try await callback.send(.get, "/wechat/qingxi/x") == nil)
    #expect(try await callback.send(.get, "/opinions") == nil)
    let refused = try #require(await callback.send(.put, "/wechat/qingxi"))
    #expect(refused.head.status == .methodNotAllowed)
    #expect(refused.head.headerFields[.allow] == "GET, HEAD, POST")
  }
}
