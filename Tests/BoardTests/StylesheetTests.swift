import Foundation
import Testing
import WebPages

struct StylesheetTests {
  /// The contrast of two colours (WCAG 2.2, 1.4.3).
  private static func contrast(_ one: Int, _ other: Int) -> Double {
    func luminance(_ colour: Int) -> Double {
      func part(_ shift: Int) -> Double {
        let value = Double(colour >> shift & 255) / 255
        return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
    }
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  /// The colours that a block sets, each by its name.
  private static func colours(_ block: Substring) -> [String: Int] {
    var colours: [String: Int] = [:]
    for part in block.split(separator: ";") {
      guard let start = part.firstRange(of: "--"), let hash = part.firstIndex(of: "#") else { continue }
      let digits = part[part.index(after: hash)...].prefix { $0.isHexDigit }
      let full = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
      colours[String(part[start.upperBound...].prefix { $0 != ":" })] = Int(full, radix: 16)
    }
    return colours
  }

  @Test func `text can be read by daylight and by night`() throws {
    let blocks = Stylesheet.text.split(separator: ":root {").map { $0.prefix { $0 != "}" } }
    try #require(blocks.count == 3)
    for block in blocks.prefix(2) {
      let colours = Self.colours(block)
      let paper = try #require(colours["paper"])
      for name in ["ink", "soft", "link", "alarm", "done", "first", "second"] {
        #expect(Self.contrast(paper, try #require(colours[name])) >= 4.5, "\(name)")
      }
      #expect(Self.contrast(paper, try #require(colours["line"])) >= 3)
      #expect(Self.contrast(try #require(colours["marked"]), try #require(colours["ink"])) >= 4.5)
    }
  }
}
