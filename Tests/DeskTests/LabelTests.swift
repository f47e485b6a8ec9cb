import Cases
import Desk
import HTTPTypes
import Testing

/// Every label says something, in each language.
struct LabelTests {
  private static let empty = [
    "<h1></h1>", "<h2></h2>", "<dt></dt>", "<summary></summary>", "<button type=\"submit\"></button>", "\"></a>",
    "\"></label>", "\"></option>", "<strong></strong>", "<bdi></bdi>", "alt=\"\"", "label=\"\"",
  ]

  @Test(arguments: ["zh-CN", "en"])
  func `no page has an empty label`(language: String) async throws {
    let office = try Office()
    try office.open("c1")
    try office.open("c2", owner: "county", supervisor: nil)
    for user in office.users.keys {
      var browser = try Browser(office, user)
      browser.language = language
      for path in [
        "/desk", "/desk/cases/c1", "/desk/cases/c1/citizen", "/desk/cases/c1?sent=x", "/desk/x", "/desk?after=x",
      ] {
        let page = try await browser.get(path)
        #expect(page.text.contains("<html lang=\"\(language)\">"))
        for label in Self.empty { #expect(!page.text.contains(label), "\(user) \(path)") }
      }
    }
  }

  /// What stands in the county's own words is Chinese all the same.
  @Test func `an English page has no Chinese label`() async throws {
    let office = try Office()
    try office.open("c1", text: "a lamp is broken")
    var root = try Browser(office, "root")
    root.language = "en"
    _ = try await root.done("sign", of: "c1")
    let names = Set(
      office.directory.stations.map(\.name) + ["住建局", "水务局", "张秀英", "管理员", "城南路", "城乡建设", "道路", "路灯", "水利", "类别对应"])
    for path in ["/desk", "/desk/cases/c1", "/desk/cases/c1/citizen"] {
      var text = try await root.get(path).text
      for name in names.sorted(by: { $0.count > $1.count }) { text = text.replacing(name, with: "") }
      // What stands in an event or a form's value is a record's, and no label.
      text = text.split(separator: "value=\"").map { part in
        part.drop { $0 != "\"" }
      }.joined()
      let chinese = text.unicodeScalars.filter { (0x4e00...0x9fff).contains($0.value) }
      #expect(chinese.isEmpty, "\(path): \(String(String.UnicodeScalarView(chinese)))")
    }
  }
}
