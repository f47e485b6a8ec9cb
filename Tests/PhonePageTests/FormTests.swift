import Attachments
import Cases
import HTTPTypes
import HTTPValues
import MetricsTestKit
import PhonePage
import Testing

struct FormTests {
  private static let jpeg: [UInt8] =
    [0xff, 0xd8, 0xff, 0xe1, 0, 14] + Array("Exif\0\0secret".utf8) + [0xff, 0xda, 0, 8, 1, 1, 1, 0, 63, 0, 0x55]
    + [0xff, 0xd9]

  @Test func `the page is one request of less than 30 kB that loads nothing`() async throws {
    let response = try await Visitor(Desk().opinionPage()).get("/q/deputy")
    #expect(response.head.status == .ok)
    #expect(response.head.headerFields[.contentType] == "text/html; charset=utf-8")
    print("the form has \(response.body.count) bytes")
    #expect(response.body.count < 30_000)
    let start = try #require(response.page.firstRange(of: "<script>"))
    let end = try #require(response.page.firstRange(of: "</script>"))
    let script = response.page[start.lowerBound..<end.upperBound]
    let markup = response.page.replacing(script, with: "")
    for word in ["http://", "https://", "src=", "@import", "url(", "<script", "rel=\"stylesheet\"", "style=\""] {
      #expect(!markup.contains(word), "\(word)")
    }
    for word in ["http", "fetch", "XMLHttpRequest", "eval", "innerHTML", "cookie"] { #expect(!script.contains(word)) }
    #expect(response.page.contains("<link rel=\"icon\" href=\"data:,\">"))
  }

  @Test func `a form may bring files of some size, and nothing else may`() async throws {
    let page = try Desk().opinionPage()
    func limit(_ method: HTTPRequest.Method, _ path: String) throws -> Int? {
      page.bodyLimit(
        for: try Request(head: HTTPRequest(method: method, scheme: "http", authority: "h", path: path)))
    }
    #expect(try limit(.post, "/q/deputy") == 60_000_000)
    #expect(try limit(.post, "/q") == 60_000_000)
    #expect(try limit(.get, "/q/deputy") == nil)
    #expect(try limit(.post, "/opinions") == nil)
  }

  @Test func `nothing runs, is styled, framed or told elsewhere but what is ours, and there is no cookie`() async throws
  {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage(), desk.casePage)
    for path in ["/q", "/q/deputy", "/q/sent", "/c/x"] {
      let response = try await visitor.get(path)
      let fields = response.head.headerFields
      #expect(response.policy.hasPrefix("default-src 'none'; style-src 'sha256-"), "\(path)")
      for part in ["script-src 'sha256-", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
        #expect(response.policy.contains(part), "\(path) \(part)")
      }
      #expect(!response.policy.contains("unsafe"))
      #expect(fields[try #require(HTTPField.Name("Referrer-Policy"))] == "no-referrer")
      #expect(fields[.xContentTypeOptions] == "nosniff")
      #expect(fields[.vary] == "Accept-Language")
      #expect(fields[.setCookie] == nil)
    }
    // What goes back to the form finds it as it was.
    #expect(try await visitor.get("/q").head.headerFields[.cacheControl] == "private, no-cache")
  }

  @Test(arguments: [
    ("/q/deputy", "向张秀英代表反映", "柳河镇代表联络站", true), ("/q/station", "向柳河镇代表联络站反映", "柳河镇", true),
    ("/q/activity", "代表接待日", "柳河镇代表联络站", true), ("/q", "向清源县代表联络总站反映", "清源县", false),
    ("/q/", "向清源县代表联络总站反映", "清源县", false),
  ])
  func `it says whose code it is, and what everyone may know of the station`(
    path: String, title: String, under: String, hasTimes: Bool
  ) async throws {
    let page = try await Visitor(Desk().opinionPage()).get(path).page
    #expect(page.contains("<h1><bdi>\(title)</bdi></h1>"))
    #expect(page.contains("<p class=\"under\"><bdi>\(under)</bdi></p>"))
    #expect(page.contains("每周日 9:00–11:30") == hasTimes)
    #expect(!page.contains("class=\"note\" role=\"status\">这个") && !page.contains("没有认出这个二维码"))
  }

  @Test(arguments: [
    ("forged", "没有认出这个二维码"), ("gone", "没有认出这个二维码"), ("revoked", "已经停用"), ("expired", "已经过期"),
    ("early", "还没有启用"),
  ])
  func `a code that does not count says so, and the citizen can speak all the same`(
    code: String, words: String
  ) async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try await visitor.get("/q/" + code)
    #expect(form.head.status == .ok)
    #expect(form.page.contains(words) && form.page.contains("向清源县代表联络总站反映"))
    let response = try await visitor.post(
      "/q/" + code, ["form": try #require(form.hidden("form")), "text": "路灯坏了"])
    #expect(response.head.status == .seeOther)
    #expect(desk.taken.first?.opinion.scan?.standing == desk.scan(code, at: desk.now).standing)
    #expect(desk.taken.first?.opinion.code == code)
  }

  @Test func `what was typed becomes one opinion`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try await visitor.get("/q/deputy")
    #expect(form.page.contains("<option selected>城乡建设</option>"))
    let response = try await visitor.post(
      "/q/deputy",
      [
        "form": try #require(form.hidden("form")), "text": "路灯坏了\r\n三个月", "category": "交通运输", "place": " 学校门口 ",
        "who": "named", "contact": "１３９ 1234 5678", "name": "李四", "latitude": "29.5", "longitude": "106.5",
      ], files: [Self.jpeg, Self.jpeg])
    #expect(response.head.status == .seeOther)
    let taken = try #require(desk.taken.first)
    let file = try #require(desk.files.first)
    #expect(desk.files.count == 1)
    #expect(file.value.firstRange(of: Array("secret".utf8)) == nil)
    #expect(
      taken.opinion
        == Opinion(
          channel: "qr", text: "路灯坏了\n三个月", code: "deputy", scan: desk.scan("deputy", at: desk.now), category: "交通运输",
          address: "学校门口", location: Location(latitude: 29.5, longitude: 106.5),
          citizen: Citizen(name: "李四", phone: "139 1234 5678", anonymous: false),
          attachments: [Opinion.Attachment(url: "/attachments/\(file.key)", mediaType: "image/jpeg")]))
    #expect(taken.digest.count == 32)
    #expect(taken.key.hasPrefix("form-1-") && taken.key.utf8.count <= 255)
  }

  @Test func `an anonymous citizen is not known, whatever stands in the other fields`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    _ = try await visitor.post(
      "/q", ["form": form, "text": "a", "who": "anonymous", "contact": "13912345678", "name": "李四"],
      isMultipart: false)
    #expect(desk.taken.first?.opinion == Opinion(channel: "web", text: "a"))
  }

  @Test(arguments: [true, false]) func `sent twice it is one opinion, and loading the answer again sends nothing`(
    isMultipart: Bool
  ) async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let fields = ["form": try #require(try await visitor.get("/q").hidden("form")), "text": "路灯坏了"]
    let first = try await visitor.post("/q", fields, isMultipart: isMultipart)
    let second = try await visitor.post("/q", fields, isMultipart: isMultipart)
    #expect(first.head.status == .seeOther)
    #expect(first == second)
    #expect(desk.taken.count == 1)
    let address = try #require(first.head.headerFields[.location])
    for _ in 0..<2 { #expect(try await visitor.get(address).head.status == .ok) }
    #expect(desk.taken.count == 1)
    // Another form is another opinion, however alike.
    let next = try #require(try await visitor.get("/q").hidden("form"))
    _ = try await visitor.post("/q", ["form": next, "text": "路灯坏了"])
    #expect(desk.taken.count == 2)
  }

  @Test func `the sent page shows number, link and its drawing, only to who has the key`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    let response = try await visitor.post("/q", ["form": form, "text": "路灯坏了"])
    let address = try #require(response.head.headerFields[.location])
    let page = try await visitor.get(address)
    let id = CaseID(opinion: OpinionReference(source: "desk", id: try #require(desk.taken.first).key), subject: nil)
    #expect(page.page.contains("<b class=\"number\">\(id)</b>"))
    #expect(page.page.contains("href=\"https://huiyin.example\(desk.address(of: id))\""))
    #expect(page.page.contains("><svg xmlns") && !page.page.contains("<?xml"))
    #expect(page.head.headerFields[.cacheControl] == "private, no-store")
    #expect(page.body.count < 30_000)
    for wrong in [String(address.dropLast()), "/q/sent", "/q/sent?c=\(id)", "/q/sent?c=x&k=y"] {
      #expect(try await visitor.get(wrong).head.status == .notFound, "\(wrong)")
    }
    let nowhere = try await Visitor(desk.opinionPage(publicAddress: "")).get(address).page
    #expect(nowhere.contains("href=\"\(desk.address(of: id))\"") && !nowhere.contains("class=\"qr\""))
  }

  @Test(arguments: [
    (["text": " \n"], "text", "请写下您想说的话"), ([:], "text", "请写下您想说的话"),
    (["text": String(repeating: "长", count: 5001)], "text", "最多 5000 个字"),
    (["text": "a", "place": String(repeating: "长", count: 201)], "place", "最多 200 个字"),
    (["text": "a", "who": "named"], "contact", "请填写手机号或邮箱"),
    (["text": "a", "who": "named", "contact": "1234"], "contact", "好像不对"),
    (["text": "a", "who": "named", "contact": "li@"], "contact", "好像不对"),
    (["text": "a", "who": "named", "contact": "a b@c.d"], "contact", "好像不对"),
    (
      ["text": "a", "who": "named", "contact": "13912345678", "name": String(repeating: "长", count: 51)], "name",
      "最多 50 个字"
    ),
  ])
  func `a fault is named at its field, and what was typed is kept`(
    typed: [String: String], field: String, words: String
  ) async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q/deputy").hidden("form"))
    let fields = typed.merging(["form": form, "category": "教育文体"]) { $1 }
    let response = try await visitor.post("/q/deputy", fields)
    #expect(response.head.status == .unprocessableContent)
    #expect(response.page.contains("<a href=\"#\(field)\">") && response.page.contains("id=\"\(field)wrong\""))
    #expect(response.page.contains(words))
    #expect(response.page.contains("<option selected>教育文体</option>"))
    #expect(response.page.components("aria-invalid=\"true\"") == 1)
    for value in typed.values where value != " \n" { #expect(response.page.contains(value)) }
    #expect(desk.taken.isEmpty)
    // Put right, the same form is taken.
    let right = ["form": try #require(response.hidden("form")), "text": "路灯坏了"]
    #expect(try await visitor.post("/q/deputy", right).head.status == .seeOther)
    #expect(desk.taken.first?.key.hasPrefix("form-1-") == true)
  }

  @Test(arguments: ["13912345678", "+86 139-1234-5678", "(0578) 212345", "li.si@mail.example", "１３９１２３４５６７８"])
  func `a contact is a phone number or an e-mail address`(contact: String) async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    _ = try await visitor.post("/q", ["form": form, "text": "a", "who": "named", "contact": contact])
    let citizen = try #require(desk.taken.first?.opinion.citizen)
    #expect(citizen.isKnown && !citizen.anonymous)
    #expect((citizen.email != nil) == contact.contains("@"))
  }

  @Test func `a wrong file is named, and the right ones need not be chosen again`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage(limits: MediaFile.Limits(picture: 100)))
    let form = try #require(try await visitor.get("/q").hidden("form"))
    let response = try await visitor.post(
      "/q", ["form": form, "text": "a"], files: [Self.jpeg, Array("<html>".utf8)])
    #expect(response.head.status == .unprocessableContent)
    #expect(response.page.contains("第 2 个文件不是可以接收的") && response.page.contains("已附上 1 个文件"))
    let kept = try #require(response.hidden("kept"))
    let again = try await visitor.post("/q", ["form": form, "text": "a", "kept": kept])
    #expect(again.head.status == .seeOther)
    #expect(desk.taken.first?.opinion.attachments?.count == 1)

    let large = try await visitor.post(
      "/q", ["form": form, "text": "a"], files: [Self.jpeg + Array(repeating: 0, count: 100)])
    #expect(large.page.contains("第 1 个文件超过"))
    let broken = try await visitor.post("/q", ["form": form, "text": "a"], files: [Array(Self.jpeg.prefix(9))])
    #expect(broken.page.contains("第 1 个文件打不开"))
    let many = try await visitor.post("/q", ["form": form, "text": "a"], files: Array(repeating: Self.jpeg, count: 10))
    #expect(many.page.contains("最多附 9 个文件"))
    #expect(desk.taken.count == 1)
  }

  @Test func `kept files can be left out, and nobody can name one that their form did not bring`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    let other = try #require(try await visitor.get("/q").hidden("form"))
    let kept = try #require(try await visitor.post("/q", ["form": form], files: [Self.jpeg]).hidden("kept"))
    #expect(!kept.isEmpty)
    for fields in [
      ["form": other, "kept": kept], ["form": form, "kept": String(kept.dropLast())],
      ["form": form, "kept": kept, "drop": "1"],
      ["form": form, "kept": kept.replacing("jpeg", with: "png")],
    ] {
      _ = try await visitor.post("/q", fields.merging(["text": "a\(fields.count)\(fields["kept"] ?? "")"]) { $1 })
      #expect(try #require(desk.taken.last).opinion.attachments == nil)
    }
    #expect(desk.taken.count == 4)
  }

  @Test func `while nothing can be taken the page comes again with all that was typed`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q/station").hidden("form"))
    desk.answer(.unavailable)
    let fields = [
      "form": form, "text": "路灯<坏>了", "place": "学校门口", "who": "named", "contact": "13912345678", "name": "李四",
      "category": "交通运输", "latitude": "29.5", "longitude": "106.5",
    ]
    let response = try await visitor.post("/q/station", fields, files: [Self.jpeg])
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.head.headerFields[.retryAfter] == "10")
    for typed in [
      "路灯&lt;坏&gt;了</textarea>", "value=\"学校门口\"", "value=\"13912345678\"", "value=\"李四\"", "value=\"29.5\"",
      "value=\"106.5\"", "<option selected>交通运输</option>", "id=\"named\" checked", "已附上 1 个文件",
    ] { #expect(response.page.contains(typed), "\(typed)") }
    desk.answer(nil)
    let kept = try #require(response.hidden("kept"))
    let again = try await visitor.post("/q/station", fields.merging(["kept": kept]) { $1 })
    #expect(again.head.status == .seeOther)
    #expect(desk.taken.count == 1 && desk.taken.first?.opinion.attachments?.count == 1)
  }

  @Test func `while files cannot be stored the page says so, and takes nothing without them`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    desk.setAway(true)
    let response = try await visitor.post("/q", ["form": form, "text": "路灯坏了"], files: [Self.jpeg])
    #expect(response.head.status == .serviceUnavailable)
    #expect(response.page.contains("文件暂时没能存下") && response.page.contains("路灯坏了</textarea>"))
    #expect(desk.taken.isEmpty)
  }

  @Test func `an opinion that is too large says so`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    desk.answer(.tooLarge)
    let response = try await visitor.post("/q", ["form": form, "text": "路灯坏了"])
    #expect(response.head.status == .contentTooLarge)
    #expect(response.page.contains("内容太大"))
  }

  @Test func `a form that is none of ours, of another page, or too old is shown again with what was typed`()
    async throws
  {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q/deputy").hidden("form"))
    for wrong in [
      "", "x", "a.b.c", form + "x", form.replacing("form-1", with: "form-2"),
      try #require(try await visitor.get("/q").hidden("form")),
    ] {
      let response = try await visitor.post("/q/deputy", ["form": wrong, "text": "路灯坏了"])
      #expect(response.head.status == .unprocessableContent, "\(wrong)")
      #expect(response.page.contains("路灯坏了</textarea>"))
      #expect(desk.taken.isEmpty)
    }
    desk.advance(by: .seconds(12 * 3600) + .milliseconds(1))
    let late = try await visitor.post("/q/deputy", ["form": form, "text": "路灯坏了"])
    #expect(late.page.contains("打开得太久了"))
    #expect(desk.taken.isEmpty)
    // It is still the same form.
    let again = ["form": try #require(late.hidden("form")), "text": "路灯坏了"]
    #expect(try await visitor.post("/q/deputy", again).head.status == .seeOther)
    #expect(desk.taken.first?.key.hasPrefix("form-1-") == true)
    // A clock set back makes no form valid for good.
    desk.advance(by: .seconds(-24 * 3600))
    #expect(try await visitor.post("/q/deputy", again).head.status == .unprocessableContent)
  }

  @Test func `a form that another site sends is refused`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let fields = ["form": try #require(try await visitor.get("/q").hidden("form")), "text": "路灯坏了"]
    for headers in [
      ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
      ["Origin": "huiyin.example"], ["Origin": "https://huiyin.example.evil.example"],
      ["Origin": "https://huiyin.example", "Sec-Fetch-Site": "cross-site"],
    ] {
      let response = try await visitor.post("/q", fields, headers: headers)
      #expect(response.head.status == .forbidden, "\(headers)")
    }
    #expect(desk.taken.isEmpty)
    for headers in [
      ["Sec-Fetch-Site": "same-origin", "Origin": "null"], ["Origin": "https://huiyin.example"],
      ["Sec-Fetch-Site": "none"], [:],
    ] { #expect(try await visitor.post("/q", fields, headers: headers).head.status == .seeOther, "\(headers)") }
    #expect(desk.taken.count == 1)
  }

  @Test(arguments: ["", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=other"])
  func `a body that is no form is refused as a page`(type: String) async throws {
    let desk = try Desk()
    let (_, body) = Visitor.multipart(["text": "a"], [])
    let response = try await Visitor(desk.opinionPage()).send(
      .post, "/q", headers: type.isEmpty ? [:] : ["Content-Type": type], body: body)
    #expect(response.head.status == .badRequest)
    #expect(response.page.contains("表单没有传完整"))
    #expect(desk.taken.isEmpty)
  }

  private static let hostile = "\"'><script>alert(1)</script>&\u{301}{{w.name}}{{{style}}}</textarea>"

  @Test func `nothing that came from outside is markup`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let code = "%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E".replacing("/", with: "%2f")
    let form = try await visitor.get("/q/\(code)")
    let fields = ["text", "category", "place", "contact", "name", "kept", "latitude", "drop"].reduce(into: [
      "who": "named"
    ]) {
      $0[$1] = Self.hostile
    }
    let answer = try await visitor.post(
      "/q/\(code)", fields.merging(["form": try #require(form.hidden("form"))]) { $1 })
    let unknown = try await visitor.post("/q/\(code)", fields)
    #expect(answer.head.status == .unprocessableContent)
    for page in [form.page, answer.page, unknown.page] {
      #expect(page.components("<script") == 1)
      #expect(page.components("</textarea>") == 1)
      #expect(!page.contains("alert(1)</script>"))
    }
    #expect(answer.page.contains("&quot;&#39;&gt;&lt;script&gt;") && answer.page.contains("{{w.name}}"))
  }

  @Test func `English is spoken to who asks for it, Chinese to everyone else`() async throws {
    let desk = try Desk()
    for (language, isEnglish) in [
      (nil, false), ("zh-CN,zh;q=0.9,en;q=0.8", false), ("en-GB,en;q=0.9", true), ("en;q=0.5,zh;q=0.5", false),
      ("de", false),
    ] as [(String?, Bool)] {
      let page = try await Visitor(desk.opinionPage(), language: language).get("/q/deputy").page
      #expect(page.contains(isEnglish ? "<html lang=\"en\">" : "<html lang=\"zh-CN\">"))
      #expect(page.contains(isEnglish ? "What would you like to say?" : "您想说什么？"))
      #expect(page.contains("张秀英"))
    }
  }

  @Test func `every field has a label, and every description that is named is there`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try await visitor.get("/q/deputy")
    let faulty = try await visitor.post(
      "/q/deputy",
      ["form": try #require(form.hidden("form")), "who": "named", "place": String(repeating: "长", count: 201)])
    for page in [form.page, faulty.page] {
      for match in page.matches(of: /<(?:input|select|textarea)[^>]*>/) where !match.output.contains("hidden") {
        let id = try #require(match.output.firstMatch(of: /id="([a-z]+)"/)).output.1
        #expect(page.contains("for=\"\(id)\""), "\(id)")
      }
      for match in page.matches(of: /aria-describedby="([a-z ]+)"/) {
        for id in match.output.1.split(separator: " ") { #expect(page.contains("id=\"\(id)\""), "\(id)") }
      }
    }
  }

  @Test func `other methods get 405 and other paths belong to others`() async throws {
    let visitor = try Visitor(Desk().opinionPage())
    #expect(try await visitor.send(.put, "/q").head.headerFields[.allow] == "GET, HEAD, POST")
    #expect(try await visitor.send(.post, "/q/sent").head.status == .methodNotAllowed)
    for path in ["/", "/qq", "/q/a/b", "/c"] { #expect(try await visitor.get(path).body == Response.notFound.body) }
  }

  @Test func `what becomes of forms is counted`() async throws {
    let desk = try Desk()
    let visitor = try Visitor(desk.opinionPage())
    let form = try #require(try await visitor.get("/q").hidden("form"))
    _ = try await visitor.post("/q", ["form": form, "text": "a"])
    _ = try await visitor.post("/q", ["form": form])
    for outcome in ["taken", "faulty"] {
      #expect(try desk.metrics.expectCounter("huiyin_page_forms", [("outcome", outcome)]).totalValue == 1)
    }
  }
}

extension String {
  /// How often that stands in it.
  func components(_ text: String) -> Int { ranges(of: text).count }
}
