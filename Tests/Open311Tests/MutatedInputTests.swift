import HTTPTypes
import HTTPValues
import Open311
import SeededRandom
import Testing

/// Inputs that are nearly right; `HUIYIN_TEST_FUZZ` says how many, 100,000 for a thorough run.
struct MutatedInputTests {
  private static let pieces = [
    "&", "=", "%", "%00", "%ff", "%e4%b8", "+", ",", "lat", "long", "nan", "-", "1e999", "api_key=", "\u{0}", "<", "\"",
    "9999999999999999999", "%0d%0a", "2026-02-30", "T24:00:00Z", ".json", "/", "//", "?", "#", "\u{301}",
  ]

  @Test func `no form brings the controller down`() async throws {
    let office = try Office()
    let samples = [
      Office.form,
      ["address_string": "城南路", "service_code": Office.services[0].code, "media_url": "https://x.example/1.jpg"],
      ["email": "a@b", "first_name": "三", "last_name": "张", "attribute[x]": "1", "phone": "138"],
    ].map { form in
      (form.merging(["api_key": Office.key]) { $1 }).sorted { $0.key < $1.key }
        .map { Office.encoded($0) + "=" + Office.encoded($1) }.joined(separator: "&")
    }
    var mutator = Mutator(samples, pieces: Self.pieces, seed: 311)
    var statuses: [Int: Int] = [:]
    for _ in 0..<Mutator.count(usually: 10_000) {
      let body = mutator.next()
      let response = try await office.send(
        .post, "requests.xml", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: body)
      statuses[response.head.status.code, default: 0] += 1
    }
    print("mutated forms, seed 311:", statuses.sorted { $0.key < $1.key })
    #expect(Set(statuses.keys).isSubset(of: [201, 400, 403, 404]))
    #expect(statuses.count == 4)
  }

  @Test func `no query brings the controller down`() async throws {
    let office = try Office()
    let samples = [
      "requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00%2B08:00&status=open,closed",
      "requests.xml?service_code=\(Office.services[0].code),\(Office.services[1].code)&page=2&page_size=10",
      "requests.json?service_request_id=a,b,c", "requests/h12.json", "services/\(Office.services[1].code).xml",
      "tokens/h12.xml",
    ]
    var mutator = Mutator(samples, pieces: Self.pieces, seed: 312)
    var statuses: [Int: Int] = [:]
    for _ in 0..<Mutator.count(usually: 10_000) {
      let path = String(decoding: mutator.next(), as: UTF8.self)
      do {
        let response = try await office.get(path)
        statuses[response.head.status.code, default: 0] += 1
      } catch is MalformedTarget {
        statuses[-1, default: 0] += 1
      } catch is Office.Nobody {
        statuses[-2, default: 0] += 1
      }
    }
    print("mutated queries, seed 312:", statuses.sorted { $0.key < $1.key })
    #expect(Set(statuses.keys).isSubset(of: [200, 400, 404, -1, -2]))
    #expect(statuses.keys.contains(200) && statuses.keys.contains(400) && statuses.keys.contains(404))
  }
}
