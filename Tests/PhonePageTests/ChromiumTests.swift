import Attachments
import Cases
import Foundation
import PhonePage
import Testing

/// The pages as a phone shows them. `HUIYIN_TEST_SCREENSHOTS` names a folder for their pictures.
@Suite(.serialized, .enabled(if: Chromium.isThere, "needs chromium, chromedriver and curl"))
struct ChromiumTests {
  private let desk: Desk
  private let server: PageServer
  private let id: CaseID

  init() throws {
    desk = try Desk()
    server = try PageServer(Visitor(desk.opinionPage(), desk.casePage))
    id = try #require(CaseID("hq3mzk7v5xw2rj6tn4ybe2fpau"))
  }

  private func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }

  /// Nothing is wider than the phone, nothing was refused or failed.
  private func check(_ browser: Chromium, _ name: String) async throws {
    let width = try await browser.run("return document.documentElement.scrollWidth") as? Int ?? .max
    #expect(width <= 360, "\(name) is \(width) wide")
    let title = try await browser.run("return getComputedStyle(document.querySelector('h1')).fontWeight") as? String
    #expect(title == "700", "\(name) is not styled")
    // The browser logs a status such as 422 or 404 as an error of the network; that is what these pages are.
    let complaints = try await browser.complaints().filter { !$0.contains("the server responded with a status of") }
    #expect(complaints.isEmpty, "\(name)")
    if let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_SCREENSHOTS"] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try await browser.picture().write(to: URL(fileURLWithPath: "\(folder)/\(name).png"))
    }
  }

  @Test(arguments: ["zh-CN", "en-US"]) func `every page fits a phone and runs without a complaint`(
    language: String
  ) async throws {
    let browser = try await Chromium(language: language)
    let short = String(language.prefix(2))
    for code in ["deputy", "station", "revoked"] {
      try await browser.open(url("/q/" + code))
      try await check(browser, "\(short)-form-\(code)")
    }
    _ = try await browser.run(
      "document.getElementById('form').noValidate=true;document.getElementById('named').click();"
        + "document.getElementById('contact').value='12';document.getElementById('place').value='柳河镇';return 0")
    try await browser.tap("#send")
    try await browser.see("#faults")
    try await check(browser, "\(short)-form-faults")
    #expect(try await browser.run("return document.activeElement.id") as? String == "faults")
    try await browser.type("学校门口的路灯坏了三个月。", into: "#text")
    try await browser.tap("label[for=anonymous]")
    desk.answer(.unavailable)
    try await browser.tap("#send")
    try await browser.see("p.fault:not([id])")
    try await check(browser, "\(short)-form-unavailable")
    desk.answer(nil)
    try await browser.tap("#send")
    try await browser.see(".number")
    try await check(browser, "\(short)-sent")
    #expect(desk.taken.count == 1)
    let name = AttachmentName(of: [1])
    let files = [Opinion.Attachment(url: name.url, mediaType: "image/jpeg")]
    let reply = "您好，学校门口的三盏路灯已于9月30日更换，现已恢复照明。\n如再有问题，请拨打镇政府值班电话。"
    for (state, progress) in [
      ("entering", .notYet), ("open", .known(try Desk.progress(attachments: files))),
      ("overdue", .known(try Desk.progress(overdue: true, done: 2))),
      ("replied", .known(try Desk.progress(.replied, done: 4, replies: [reply]))),
      ("closed", .known(try Desk.progress(.closed, done: 5, replies: [reply], rating: .satisfied))),
      ("unavailable", .unavailable),
    ] as [(String, CaseProgressAnswer)] {
      desk.show(progress)
      try await browser.open(url(desk.address(of: id)))
      _ = try await browser.run("var d=document.querySelector('details');if(d)d.open=true;return 0")
      try await check(browser, "\(short)-case-\(state)")
    }
    try await browser.open(url("/c/\(id)?k=wrong"))
    try await check(browser, "\(short)-not-found")
    try await browser.end()
  }

  @Test(arguments: [true, false]) func `with and without JavaScript an opinion is sent and its answer rated`(
    runsScripts: Bool
  ) async throws {
    let server = try PageServer(Visitor(desk.opinionPage(), desk.casePage), runsScripts: runsScripts)
    func url(_ path: String) -> String { "http://127.0.0.1:\(server.port)\(path)" }
    let browser = try await Chromium(language: "zh-CN")
    try await browser.open(url("/q/deputy"))
    let isHidden = try await browser.run("return document.getElementById('here').hidden") as? Bool
    #expect(isHidden == !runsScripts)
    try await browser.type("学校门口的路灯坏了三个月。", into: "#text")
    try await browser.tap("label[for=named]")
    try await browser.type("13912345678", into: "#contact")
    let folder = try TemporaryFolder()
    let file = folder.path("picture.gif")
    let gif: [UInt8] =
      Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0]
      + [2, 2, 0x4c, 1, 0, 0x3b]
    try Data(gif).write(to: URL(fileURLWithPath: file))
    try await browser.type(file, into: "#files")
    try await browser.tap("#send")
    let number = try await browser.text(".number")
    let taken = try #require(desk.taken.first)
    #expect(taken.opinion.text == "学校门口的路灯坏了三个月。" && taken.opinion.citizen.phone == "13912345678")
    #expect(taken.opinion.attachments?.count == 1)
    let sent = try #require(CaseID(number))
    desk.show(.known(try Desk.progress(.replied, done: 4, replies: ["已经修好。"])))
    try await browser.open(url(desk.address(of: sent)))
    try await browser.tap("button[value=satisfied]")
    #expect(try await browser.text("[role=status]").contains("谢谢您的评价"))
    #expect(desk.put.count == 1)
    try await browser.end()
  }

  @Test func `what was typed outlives a closed page and a lost network, until it is sent`() async throws {
    let browser = try await Chromium(language: "zh-CN")
    let typed = { try await browser.run("return document.getElementById('text').value") as? String }
    try await browser.open(url("/q/deputy"))
    try await browser.type("路灯坏了", into: "#text")
    try await browser.open(url("/q/station"))
    #expect(try await typed() == "")
    try await browser.open(url("/q/deputy"))
    #expect(try await typed() == "路灯坏了")
    #expect(try await browser.text("#draft").contains("替您填好"))
    try await browser.set(offline: true)
    try await browser.tap("#send")
    #expect(try await browser.text("#offline").contains("没有网络"))
    #expect(desk.taken.isEmpty)
    try await browser.set(offline: false)
    try await browser.tap("#send")
    _ = try await browser.text(".number")
    #expect(desk.taken.count == 1)
    try await browser.open(url("/q/deputy"))
    #expect(try await typed() == "")
    try await browser.end()
  }

  @Test func `a large picture is made small before it is sent, the right way up`() async throws {
    let browser = try await Chromium(language: "zh-CN")
    try await browser.open(url("/q/deputy"))
    try await browser.type("路灯坏了", into: "#text")
    // A picture of 3000 × 2000 points that no compression makes small.
    _ = try await browser.run(
      """
      var c=document.createElement('canvas');c.width=3000;c.height=2000;var g=c.getContext('2d'),
      d=g.createImageData(3000,2000),s=1;
      for(var i=0;i<d.data.length;i++){s=(s*1103515245+12345)&0x7fffffff;d.data[i]=i%4==3?255:s>>16}
      g.putImageData(d,0,0);
      c.toBlob(function(b){var t=new DataTransfer();t.items.add(new File([b],'a.jpg',{type:'image/jpeg'}));
      window.before=b.size;
      var f=document.getElementById('files');f.files=t.files;f.dispatchEvent(new Event('change'))},'image/jpeg',.95);
      return 0
      """)
    var sizes: [Int] = []
    // The browser tells when it is done by the button; it is asked until then.
    for _ in 0..<600 {
      let state =
        try await browser.run(
          "return [window.before||0,document.getElementById('files').files.length?document.getElementById('files').files[0].size:0,"
            + "document.getElementById('send').getAttribute('aria-disabled')?1:0]") as? [Int] ?? []
      if state.count == 3, state[0] > 0, state[2] == 0, state[1] > 0 { sizes = state }
      if !sizes.isEmpty { break }
    }
    try #require(sizes.count == 3)
    #expect(sizes[0] > 400_000)
    #expect(sizes[1] < sizes[0] / 2)
    print("a picture of \(sizes[0]) bytes was made \(sizes[1])")
    try await browser.tap("#send")
    _ = try await browser.text(".number")
    #expect(desk.files.values.first?.count ?? 0 > 0)
    try await browser.end()
  }
}
