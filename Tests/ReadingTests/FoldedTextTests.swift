import Testing

@testable import Reading

struct FoldedTextTests {
  private func folded(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: FoldedText(text).scalars.compactMap(Unicode.Scalar.init))
    return String(view)
  }

  @Test(arguments: [
    ("ＡＢｃ１２３（）－", "abc123()-"), ("煤氣洩漏", "煤气泄漏"), ("訴訟復議", "诉讼复议"), ("煤\u{200B}气\u{FEFF}", "煤气"),
    ("a\u{3000}b\tc", "a b c"), ("a\r\nb", "a\n\nb"), ("0731—88", "0731-88"), ("🔥火", "🔥火"), ("", ""),
    ("\u{200B}\u{200D}", ""),
  ])
  func `forms of one character are one`(text: String, expected: String) {
    #expect(folded(text) == expected)
  }

  @Test func `each character knows its place in the original`() {
    let text = "😀煤\u{200B}氣ＡＢ"
    let folded = FoldedText(text)
    #expect(folded.scalars.count == 5)
    #expect(folded.original(1..<3) == 1..<4)
    #expect(folded.original(0..<5) == 0..<6)
  }

  @Test func `a simplified form is never folded again`() {
    for value in UInt32(0x4E00)..<0xA000 {
      let simple = TraditionalForms.simplified(value)
      #expect(TraditionalForms.simplified(simple) == simple)
    }
  }
}
