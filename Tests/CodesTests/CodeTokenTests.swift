import Cases
import Codes
import SeededRandom
import Testing

struct CodeTokenTests {
  private static let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")

  @Test(arguments: [
    (deputySubject, "HFGEGZSZV3V89AEW", "DK7HFGEGZSZV3V89AEW2UC6YHLTHZXT427Z"),
    (activitySubject, "3EY3CUFNYTD7KQGP", "AK73EY3CUFNYTD7KQGPJ37QT7749U2GK7G6"),
  ])
  func `ids and tokens are what another implementation of HMAC-SHA256 gives`(
    subject: Code.Subject, id: String, token: String
  ) throws {
    let code = try sampleCode(subject)
    #expect(code.id.text == id)
    #expect(try sampleKeys().token(code.kind, code.id).text == token)
  }

  @Test(arguments: ["2", "K7", "ZZZZ"])
  func `a token fits WeChat's scene and an address, and opens to its kind and code`(key: String) throws {
    let keys = try sampleKeys("\(key):0123456789abcdef")
    let id = try sampleCode().id
    for kind in Scan.Kind.allCases {
      let token = keys.token(kind, id)
      #expect(token.text.count == 33 + key.count && token.text.count <= CodeToken.longest && CodeToken.longest <= 40)
      #expect(token.text.allSatisfy(Self.alphabet.contains))
      let opened = try #require(keys.open(token.text))
      #expect(opened == token && opened.kind == kind && opened.code == id)
    }
  }

  @Test func `a token with any one character changed, dropped, doubled or moved is refused`() throws {
    let keys = try sampleKeys("K7:0123456789abcdef,K:ffffffffffffffff,K77:eeeeeeeeeeeeeeee,7:dddddddddddddddd")
    let token = Array(keys.token(.deputy, try sampleCode().id).text)
    for place in token.indices {
      for other in Self.alphabet + Array("01IOaz-_.%é代\0") where other != token[place] {
        var forged = token
        forged[place] = other
        #expect(keys.open(String(forged)) == nil)
      }
      var shorter = token
      shorter.remove(at: place)
      #expect(keys.open(String(shorter)) == nil)
      var longer = token
      longer.insert(token[place], at: place)
      #expect(keys.open(String(longer)) == nil)
      if place > 0, token[place] != token[place - 1] {
        var swapped = token
        swapped.swapAt(place, place - 1)
        #expect(keys.open(String(swapped)) == nil)
      }
    }
    #expect(keys.open(String(token)) != nil)
    #expect(keys.open(String(token).lowercased()) == nil)
    #expect(keys.open(" " + String(token)) == nil)
  }

  @Test func `of ten thousand texts made of a token, and of chance, none is taken for one`() throws {
    var chance = SeededGenerator.announced(for: "tokens")
    let keys = try sampleKeys()
    let genuine = Array(keys.token(.activity, try sampleCode(activitySubject).id).text.utf8)
    for _ in 0..<10_000 {
      var bytes = genuine
      for _ in 0..<Int.random(in: 1...4, using: &chance) {
        let place = Int.random(in: 0...bytes.count, using: &chance)
        switch Int.random(in: 0..<5, using: &chance) {
        case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &chance)
        case 1 where place < bytes.count: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[..<place], at: place)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &chance), at: place)
        default: bytes = (0..<place).map { _ in UInt8.random(in: 0...255, using: &chance) }
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect((keys.open(text) != nil) == (bytes == genuine), "\(bytes)")
    }
  }

  @Test func `what the old key sealed holds as long as that key is there`() throws {
    let id = try sampleCode().id
    let old = try sampleKeys("A:aaaaaaaaaaaaaaaa")
    let both = try sampleKeys("B:bbbbbbbbbbbbbbbb,A:aaaaaaaaaaaaaaaa")
    let new = try sampleKeys("B:bbbbbbbbbbbbbbbb")
    let (first, second) = (old.token(.deputy, id), both.token(.deputy, id))
    #expect(first != second)
    #expect(both.open(first.text) == first && both.open(second.text) == second)
    #expect(new.open(second.text) == second && new.open(first.text) == nil)
    #expect(old.open(second.text) == nil)
    // The same name with another secret is another key.
    #expect(try sampleKeys("A:aaaaaaaaaaaaaaab").open(first.text) == nil)
  }

  @Test func `keys are read from one line or many`() throws {
    let id = try sampleCode().id
    let expected = try sampleKeys("B:bbbbbbbbbbbbbbbb,A:aaaaaaaaaaaaaaaa").token(.deputy, id)
    for text in ["B:bbbbbbbbbbbbbbbb\nA:aaaaaaaaaaaaaaaa\n", " B:bbbbbbbbbbbbbbbb ,\r\n\r\n A:aaaaaaaaaaaaaaaa"] {
      #expect(try sampleKeys(text).token(.deputy, id) == expected)
    }
    #expect(try sampleKeys("B:has:colons:and spaces").token(.deputy, id) != expected)
  }

  @Test(arguments: [
    ("", "there is no key"), (" ,\n", "there is no key"),
    ("verysecretverysecret", "key 1 is not of the form ID:SECRET"),
    ("A:aaaaaaaaaaaaaaaa,B:verysecret", "the secret of key 2 has fewer than 16 bytes"),
    ("a:verysecretverysecret", "the id of key 1 is not 1 to 4 of 2–9 and A–Z without I and O"),
    ("ABCDE:verysecretverysecret", "the id of key 1 is not 1 to 4 of 2–9 and A–Z without I and O"),
    (":verysecretverysecret", "the id of key 1 is not 1 to 4 of 2–9 and A–Z without I and O"),
    ("A:aaaaaaaaaaaaaaaa,A:verysecretverysecret", "key 2 has the id of a key before it"),
  ])
  func `faulty keys are told by their number, and never shown`(text: String, reason: String) {
    let error = #expect(throws: CodeKeys.Invalid.self) { try CodeKeys(text) }
    #expect(error?.description == reason)
  }

  @Test func `no secret is ever printed`() throws {
    let keys = try sampleKeys()
    #expect(!"\(keys)\(String(reflecting: keys))".contains("0123"))
  }
}
