import HTTPTypes
import HTTPValues
import Intake
import SeededRandom
import Testing

/// Bodies that are nearly right; `HUIYIN_TEST_FUZZ` says how many, 100,000 for a thorough run.
struct MutatedInputTests {
  @Test func `no JSON brings the controller down`() async throws {
    let gateway = try Gateway()
    let full =
      #"{"channel":"web","title":"路灯","text":"坏了","code":"c","category":"城乡建设","address":"城南路","location":{"latitude":28.2,"longitude":112.9},"citizen":{"id":"a","name":"b","phone":"c","email":"d","anonymous":false},"attachments":[{"url":"https://x","mediaType":"image/png"}]}"#
    let samples = [full, Gateway.opinion, "[\(full),\(Gateway.opinion)]", "[\(Gateway.opinion)]"]
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "1e999", "-0", "1E-400", "\u{0}",
      "99999999999999999999", "\u{feff}", "\u{301}", #"{"text":"x"},"#, #""text":"x","#,
      String(repeating: "[", count: 600),
    ]
    var mutator = Mutator(samples, pieces: pieces, seed: 40)
    var statuses: [Int: Int] = [:]
    for _ in 0..<Mutator.count(usually: 5000) {
      let response = try await gateway.post(bytes: mutator.next())
      statuses[response.head.status.code, default: 0] += 1
    }
    print("mutated opinions, seed 40:", statuses.sorted { $0.key < $1.key })
    #expect(Set(statuses.keys) == [202, 400, 422])
  }
}
