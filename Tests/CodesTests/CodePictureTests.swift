import Cases
import Codes
import PrintedCodes
import Testing

struct CodePictureTests {
  private func picture(
    base: String = "https://example.org", scale: Int = 8, directory: Directory? = nil
  ) throws -> CodePicture {
    CodePicture(base: base, keys: try sampleKeys(), directory: try directory ?? sampleDirectory(), scale: scale)
  }

  private func page(_ code: Code, _ format: CodePicture.Format, directory: Directory? = nil) throws -> String {
    String(decoding: try picture(directory: directory).draw(code, as: format), as: UTF8.self)
  }

  @Test func `a picture says the address of the code's page`() throws {
    let address = try picture().address(of: sampleCode())
    #expect(address == "https://example.org/q/DK7HFGEGZSZV3V89AEW2UC6YHLTHZXT427Z")
  }

  @Test(.enabled(if: PrintedCodes.canRead, Comment(rawValue: PrintedCodes.missing)), arguments: [3, 8, 20])
  func `another program reads the address from a PNG`(scale: Int) throws {
    let codes = try [deputySubject, stationSubject, activitySubject].map { try sampleCode($0) }
    let longest = "https://" + String(repeating: "a", count: 200)
    for base in ["https://example.org", "http://127.0.0.1:8080", longest] {
      let picture = try picture(base: base, scale: scale)
      let images = try codes.map { try picture.draw($0, as: .png) }
      #expect(try PrintedCodes.read(images) == codes.map { picture.address(of: $0) })
    }
  }

  @Test(.enabled(if: PrintedCodes.canDrawSVG, Comment(rawValue: PrintedCodes.missing)))
  func `another program reads the address from an SVG, and from that within a board`() throws {
    let code = try sampleCode()
    let svg = try page(code, .svg)
    let boards = try [CodePicture.Format.boardA6, .boardA4].map { format in
      String(try #require(try page(code, format).firstMatch(of: /<svg.*<\/svg>/)).0)
    }
    let address = try picture().address(of: code)
    #expect(try PrintedCodes.readSVG([svg] + boards, pixels: 400) == [address, address, address])
  }

  @Test func `a board names the deputy, the station, the duty times, the place and what to do`() throws {
    let page = try page(sampleCode(category: "教育文体"), .boardA6)
    for text in [
      "人大代表", "溪明安", "柳河镇代表联络站", "接待时间：<bdi>每周三 9:00–11:30</bdi>", "村委会门口", "征集主题：<bdi>教育文体</bdi>",
      "微信扫一扫", "Scan with WeChat", "HFGEGZSZV3V89AEW", "@page { size: 105mm 148mm; margin: 0; }", "--u: 1mm",
    ] { #expect(page.contains(text), "\(text)") }
  }

  @Test func `boards of stations and activities name them, and what isn't known leaves no gap`() throws {
    let station = try page(sampleCode(stationSubject), .boardA4, directory: sampleDirectory(duty: nil))
    #expect(station.contains("代表联络站") && station.contains("@page { size: 210mm 297mm") && station.contains("--u: 2mm"))
    #expect(!station.contains("接待时间") && !station.contains("征集主题") && !station.contains("<bdi></bdi>"))
    let activity = try page(sampleCode(activitySubject), .boardA4)
    #expect(activity.contains("代表活动") && activity.contains("代表进景区") && activity.contains("承办：柳河镇代表联络站"))
  }

  @Test func `nothing that someone wrote becomes part of the page's own text`() throws {
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=y>\"\u{301} onclick=\"z&<\u{338}b>"
    let directory = try sampleDirectory(deputyName: hostile, duty: hostile)
    var subject = deputySubject
    subject.place = hostile
    let page = try page(sampleCode(subject, category: hostile), .boardA6, directory: directory)
    for broken in ["<script", "<img", "<b>", "\"\u{301}", "{{"] {
      #expect(!page.unicodeScalars.contains(broken.unicodeScalars), "\(broken)")
    }
    #expect(page.count(of: "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img") == 5)
  }

  @Test func `a board needs nothing from elsewhere`() throws {
    let page = try page(sampleCode(), .boardA6)
    let own = page.replacing(#"xmlns="http://www.w3.org/2000/svg""#, with: "")
    for word in ["http:", "https:", "src=", "href", "url(", "@import", "<script", "<link"] {
      #expect(!own.contains(word), "\(word)")
    }
  }

  @Test func `a board of someone whom the directory doesn't know is refused, a plain code is not`() throws {
    for (kind, message) in [
      (Scan.Kind.deputy, "the directory has no deputy gone"), (.station, "the directory has no station gone"),
    ] {
      let code = try sampleCode(Code.Subject(kind, holder: "gone"))
      let error = #expect(throws: CodePicture.Failure.self) { try picture().draw(code, as: .boardA6) }
      #expect(error?.description == message)
      #expect(throws: Never.self) { try picture().draw(code, as: .svg) }
    }
  }

  @Test func `an address that is too long is told`() throws {
    let long = try picture(base: "https://example.org/" + String(repeating: "x", count: 1300))
    let error = #expect(throws: CodePicture.Failure.self) { try long.draw(sampleCode(), as: .png) }
    #expect(error?.description == "the address can't be a code: a text of 1358 bytes is too long for a code")
  }
}

extension String {
  /// How often a part occurs.
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
