import Accounts
import SeededRandom
import Testing

struct LocalTargetTests {
  @Test(arguments: ["/", "/desk", "/cases/h12?sent=a-b&x=%E6%9F%B3", "/cases/h1?k=a_b-c", "/.//evil.example", "/a//b"])
  func `a path of ours may be gone on to`(text: String) {
    #expect(LocalTarget(text)?.text == text)
  }

  @Test(arguments: [
    "", "desk", "//evil.example", "///evil.example", "/\\evil.example", "/a\\b", "\\\\evil.example",
    "https://evil.example/",
    "HTTPS://evil.example", "javascript:alert(1)", " /desk", "/de sk", "/desk\r\nSet-Cookie: a=b", "/\n/evil.example",
    "/\u{7f}", "/柳河", "/desk#x", "/sign-in", "/sign-in?to=/", "/sign-out", "?to=/",
    "/" + String(repeating: "a", count: 1000),
  ])
  func `nothing else may`(text: String) {
    #expect(LocalTarget(text) == nil)
  }

  @Test func `whatever is taken stays on this host and on one line`() {
    let seed: UInt64 = 20_262
    print("seed \(seed)")
    var random = SeededGenerator(seed: seed)
    let words = ["/", "//", "\\", "http:", "evil.example", "\t", "\r\n", "@", "?", "#", "%2f", "%5c", ".."]
    for _ in 0..<FuzzSize.count {
      let bytes = Array("/cases/h12?to=/desk".utf8).mutated(by: &random, words: words.map { Array($0.utf8) })
      guard let target = LocalTarget(String(decoding: bytes, as: UTF8.self)) else { continue }
      let taken = Array(target.text.utf8)
      #expect(taken.first == UInt8(ascii: "/") && !taken.dropFirst().starts(with: "/".utf8))
      #expect(!taken.contains(UInt8(ascii: "\\")) && taken.allSatisfy { (0x21...0x7e).contains($0) })
    }
  }
}
