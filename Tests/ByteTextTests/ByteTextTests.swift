import ByteText
import Testing

struct ByteTextTests {
  /// The vectors of RFC 4648, section 10, without padding.
  @Test(arguments: [
    ("", "", "", ""), ("f", "66", "my", "Zg"), ("fo", "666f", "mzxq", "Zm8"), ("foo", "666f6f", "mzxw6", "Zm9v"),
    ("foob", "666f6f62", "mzxw6yq", "Zm9vYg"), ("fooba", "666f6f6261", "mzxw6ytb", "Zm9vYmE"),
    ("foobar", "666f6f626172", "mzxw6ytboi", "Zm9vYmFy"),
  ])
  func `bytes are written as the standard says`(text: String, hexadecimal: String, base32: String, base64: String) {
    let bytes = Array(text.utf8)
    #expect(ByteAlphabet.hexadecimal.text(of: bytes) == hexadecimal)
    // What is left over is dropped, so it is to be filled up first, as the standard does with zeros.
    let filled = bytes.isEmpty ? [] : bytes + [0]
    #expect(ByteAlphabet.base32.text(of: filled, length: base32.count) == base32)
    #expect(ByteAlphabet.base64URL.text(of: filled, length: base64.count) == base64)
  }

  @Test func `the last characters of base64 are those for URLs`() {
    #expect(ByteAlphabet.base64URL.text(of: [0xfb, 0xff]) == "-_")
    #expect(ByteAlphabet.base64URL.text(of: [0xfb, 0xff, 0xff]) == "-___")
  }

  @Test func `bits that are left over are dropped, and no more is written than is asked for`() {
    #expect(ByteAlphabet.base32.text(of: [0xff]) == "7")
    #expect(ByteAlphabet.hexadecimal.text(of: [1, 2, 3], length: 3) == "010")
    #expect(ByteAlphabet.hexadecimal.text(of: [1, 2, 3], length: 0) == "")
  }

  @Test func `what was written whole is read back, and nothing else`() {
    let bytes = Array<UInt8>(0...255) + [1, 2, 3, 4]
    #expect(ByteAlphabet.hexadecimal.bytes(of: ByteAlphabet.hexadecimal.text(of: bytes)) == bytes)
    #expect(ByteAlphabet.base32.bytes(of: ByteAlphabet.base32.text(of: bytes)) == bytes)
    #expect(ByteAlphabet.hexadecimal.bytes(of: "") == [])
    for text in ["0", "0g", "0G", "AB", "00 ", "柳", "0\u{0}"] {
      #expect(ByteAlphabet.hexadecimal.bytes(of: text) == nil)
    }
    #expect(ByteAlphabet.base64URL.bytes(of: "Zg") == nil)
  }

  @Test func `equal is equal to the last byte, and of one length`() {
    #expect(ConstantTime.isEqual("abc", "abc") && ConstantTime.isEqual("", ""))
    for other in ["abd", "bbc", "ab", "abcd", ""] { #expect(!ConstantTime.isEqual("abc", other)) }
  }
}
