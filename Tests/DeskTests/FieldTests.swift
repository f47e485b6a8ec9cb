import Cases
import Desk
import SeededRandom
import HTTPTypes
import Monitoring
import Testing
import Time

/// What stands in the fields of the forms.
struct FieldTests {
  /// A case at which an administrator is shown every form of that name.
  private func office(for form: String) throws -> Office {
    let office = try Office()
    let root = Actor(role: .administrator, id: "root")
    let order = CaseCommand.Order(by: "x", actor: root, reason: "x")
    try office.open("c1")
    try office.open("c2", owner: "sw")
    let before: [CaseCommand] =
      switch form {
      case "sign": []
      case "resume": [.sign(order), .pause(order)]
      case "deny-extension":
        [
          .sign(order),
          .requestExtension(CaseCommand.RequestExtension(by: "x", actor: root, reason: "x", workingDays: 2)),
        ]
      case "unmerge":
        [.sign(order), .merge(CaseCommand.Merge(by: "x", actor: root, into: try #require(CaseID("c2"))))]
      case "close", "reopen", "review":
        [.sign(order), .reply(CaseCommand.Reply(by: "x", actor: root, method: .phone, text: "x"))]
      default: [.sign(order)]
      }
    for (index, command) in before.enumerated() { try office.give(command, to: "c1", as: "before-\(index)") }
    if form == "review" || form == "close" {
      let answer = CaseCommand.RecordDelivery(feedback: "c1.5.0", channel: "web", result: .delivered)
      try office.give(.recordDelivery(answer), to: "c1", as: "delivered")
    }
    if form == "review" {
      try office.give(.close(order), to: "c1", as: "closed")
    }
    return office
  }

  private static let long = String(repeating: "长", count: 5001)

  /// Form, field, what stands in it, and what is said of that.
  private static let faults: [(form: String, field: String, value: String, text: String)] = [
    ("answer-on-the-spot", "text", "", "请填写"), ("answer-on-the-spot", "text", long, "最多 5000 字"),
    ("reply", "method", "", "请选择"), ("reply", "method", "smoke", "没有这一项"), ("reply", "text", " \n\t ", "请填写"),
    ("reply", "text", long, "最多 5000 字"), ("transfer", "to", "", "请选择"), ("transfer", "to", "nobody", "没有这一项"),
    ("transfer", "to", "zj", "没有这一项"), ("transfer", "reason", "", "请填写"), ("transfer", "reason", long, "最多 500 字"),
    ("return", "reason", "", "请填写"), ("return", "reason", long, "最多 500 字"),
    ("request-extension", "days", "", "请填写"), ("request-extension", "days", "0", "1 到 90"),
    ("request-extension", "days", "-1", "1 到 90"), ("request-extension", "days", "91", "1 到 90"),
    ("request-extension", "days", "两", "1 到 90"), ("request-extension", "days", "99999999999999999999", "1 到 90"),
    ("request-extension", "days", "+3", "1 到 90"), ("request-extension", "reason", "", "请填写"),
    ("extend", "days", "", "请填写"), ("extend", "days", "1.5", "1 到 90"), ("extend", "reason", long, "最多 500 字"),
    ("deny-extension", "reason", "", "请填写"), ("co-handle", "with1", "", "请选择"),
    ("co-handle", "with1", "zj", "没有这一项"), ("co-handle", "with3", "nobody", "没有这一项"),
    ("correct-category", "category", "", "请选择"), ("correct-category", "category", "天文", "没有这一项"),
    ("correct-category", "reason", long, "最多 500 字"), ("escalate", "reason", "", "请填写"),
    ("escalate", "to", "nobody", "没有这一项"), ("escalate", "level", "world", "没有这一项"),
    ("pause", "reason", "", "请填写"), ("resume", "reason", long, "最多 500 字"), ("raise", "reason", long, "最多 500 字"),
    ("merge", "into", "", "请填写"), ("merge", "into", "c9", "没有找到"), ("merge", "into", "c1", "不能并入它自己"),
    ("merge", "into", "a\nb", "只能写一行"), ("merge", "into", long, "最多 64 字"), ("unmerge", "reason", long, "最多 500 字"),
    ("assign", "to", "", "请选择"), ("assign", "to", "nobody", "没有这一项"), ("assign", "reason", "", "请填写"),
    ("supervise", "leader", "", "请填写"), ("supervise", "leader", long, "最多 50 字"), ("refuse", "reason", "", "请填写"),
    ("refuse", "ground", long, "最多 500 字"), ("review", "upheld", "", "请选择"), ("review", "upheld", "maybe", "没有这一项"),
    ("review", "reason", "", "请填写"), ("reopen", "reason", "", "请填写"), ("erase", "reason", "", "请填写"),
    ("erase", "sure", "", "请勾选确认"), ("erase", "sure", "no", "请勾选确认"),
  ]

  @Test(arguments: faults.indices)
  func `a fault stands beside its field, and the rest of what was typed is kept`(index: Int) async throws {
    let fault = Self.faults[index]
    let office = try office(for: fault.form)
    let root = try Browser(office, "root")
    var fields = try #require(Standing.entries[fault.form])
    fields[fault.field] = fault.value
    let page = try await root.send(fault.form, of: "c1", fields)
    #expect(page.status == 422)
    #expect(office.put == 0)
    let form = try #require(page.form(fault.form))
    #expect(form.hasPrefix("<details class=\"command\" id=\"\(fault.form)\" open>"))
    let id = "\(fault.form)-\(fault.field)"
    let mark = try #require(form.firstRange(of: "<p class=\"wrong\" id=\"\(id)-wrong\">"))
    #expect(form[mark.upperBound...].prefix { $0 != "<" }.contains(fault.text))
    #expect(form.contains("\(id)-wrong\"") && form.contains("aria-invalid=\"true\""))
    #expect(page.text.contains("没有提交"))
    for (name, value) in fields where name != fault.field && name != "sure" {
      #expect(
        form.contains("value=\"\(value)\" selected") || form.contains("value=\"\(value)\"")
          || form.contains(">\(value)</textarea>"), "\(name)")
    }
    // Put right, it is taken.
    let sent = try await root.send(fault.form, of: "c1", try #require(Standing.entries[fault.form]), on: page)
    #expect(sent.status == 303)
  }

  @Test func `every form that there is stands in the list of entries, and is taken as it stands there`() async throws {
    for (form, entry) in Standing.entries.sorted(by: { $0.key < $1.key }) {
      let office = try office(for: form)
      let root = try Browser(office, "root")
      let page = try await root.done(form, of: "c1", entry)
      #expect(!page.text.contains("未予受理"), "\(form)")
      #expect(page.text.contains("已办理") || form == "disclose", "\(form)")
    }
  }

  @Test func `a deputy may name a helper, a category of the second level and a higher congress`() async throws {
    let office = try Office()
    try office.open("c1", owner: "d1", supervisor: nil)
    let deputy = try Browser(office, "zhang")
    _ = try await deputy.done("sign", of: "c1")
    _ = try await deputy.done("co-handle", of: "c1", ["with1": "zj", "with2": "sw", "with3": "zj"])
    #expect(try office.history("c1").summary.attendants == ["zj", "sw"])
    _ = try await deputy.done("correct-category", of: "c1", ["category": "城乡建设 › 路灯"])
    let summary = try office.history("c1").summary
    #expect(summary.category == "城乡建设" && summary.subcategory == "路灯")
    let both = try await deputy.send("escalate", of: "c1", ["to": "county", "level": "city", "reason": "x"])
    #expect(both.status == 422 && both.text.contains("只能选一项"))
    let page = try await Browser(office, "zhujian").get("/desk/cases/c1")
    #expect(page.status == 200 && page.forms.isEmpty)
    let department = try Office()
    try department.open("c1")
    #expect(!(try await Browser(department, "zhujian").get("/desk/cases/c1").text.contains("escalate-level")))
  }

  @Test func `a case to be merged into is named by its number in any spelling, and must be theirs`() async throws {
    let office = try Office()
    try office.open("c1")
    try office.open("c2")
    try office.open("c3", owner: "sw", supervisor: nil)
    let number = try #require(try office.history("c2").summary.number)
    let clerk = try Browser(office, "zhujian")
    _ = try await clerk.done("sign", of: "c1")
    #expect(try await clerk.send("merge", of: "c1", ["into": "c3"]).status == 422)
    _ = try await clerk.done("merge", of: "c1", ["into": " \(number.lowercased()) "])
    #expect(try office.history("c1").summary.mergedInto == CaseID("c2"))
  }

  private static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)", "</textarea><b>",
    "{{w.desk}}",
    "&lt;b&gt;", "\u{202e}tfel", "a\u{0}b<i>", "\"\u{0301}><b>", "]]>", "<!--",
  ]

  @Test(arguments: hostile)
  func `whatever is typed comes back as text`(text: String) async throws {
    let office = try Office()
    try office.open("c1")
    let root = try Browser(office, "root")
    // A quotation mark that an accent hides from whoever looks at whole characters.
    let marked = "\"\u{0301}>"
    for (form, entry) in Standing.entries {
      let page = try await root.get(form == "disclose" ? "/desk/cases/c1/citizen" : "/desk/cases/c1")
      guard page.form(form) != nil else { continue }
      // Something is wrong with each, so that all of it is shown again.
      let fields = entry.mapValues { _ in text }.merging(["reason": text, "days": text]) { $1 }
      let again = try await root.send(form, of: "c1", fields, on: page)
      let tags = ["<script>", "<img src=x", "<b>", "<i>", "<!--"]
      let body = again.text.replacing("<!doctype", with: "")
      for tag in tags { #expect(!body.contains(tag), "\(form)") }
      #expect(!again.text.contains("' onfocus"), "\(form)")
      #expect(!again.text.contains(marked), "\(form)")
    }
    _ = try await root.done("reply", of: "c1", ["method": "phone", "text": "好 " + text])
    let shown = try await root.get("/desk/cases/c1?sent=\(text.utf8.count)&at=x")
    for tag in ["<script>", "<img src=x", "<b>", "<i>", "' onfocus"] { #expect(!shown.text.contains(tag)) }
  }

  @Test func `no form that is torn or made up brings the desk down`() async throws {
    var random = SeededGenerator.announced(for: "desk forms")
    let office = try Office()
    try office.open("c1")
    let root = try Browser(office, "root")
    let page = try await root.get("/desk/cases/c1")
    let names = [
      "form", "id", "text", "method", "to", "days", "reason", "category", "sent", "kept", "with1", "into", "",
    ]
    for _ in 0..<500 {
      let form = Standing.entries.keys.sorted()[Int.random(in: 0..<Standing.entries.count, using: &random)]
      var fields: [String: String] = [:]
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let name = names[Int.random(in: 0..<names.count, using: &random)]
        let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        fields[name] = String(decoding: bytes, as: UTF8.self)
      }
      if Bool.random(using: &random), page.form(form) != nil {
        fields["form"] = try page.hidden("form", of: form)
        fields["id"] = try page.hidden("id", of: form)
      }
      let answer = try await root.post("/desk/cases/c1/\(form)", fields)
      #expect([303, 403, 422].contains(answer.status), "\(form) \(fields)")
    }
  }
}
