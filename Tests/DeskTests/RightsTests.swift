import CaseStories
import Cases
import Desk
import HTTPTypes
import Monitoring
import Testing
import Time

/// Every role before every kind of case, on each page and with each command.
struct RightsTests {
  @Test(arguments: Standing.all)
  func `a page shows just the forms that its reader may send`(standing: Standing) async throws {
    let office = try standing.office()
    let page = try await Browser(office, standing.user).get("/desk/cases/c1")
    guard standing.isVisible else {
      #expect(page.status == 404)
      #expect(page.text.contains("没有这一页，或者不在您名下"))
      return
    }
    #expect(page.status == 200)
    #expect(Set(page.forms) == standing.forms)
    #expect(page.text.contains("/desk/cases/c1/citizen") == standing.mayDisclose)
  }

  @Test(arguments: Standing.all)
  func `a command is taken from those who may give it, and from nobody else`(standing: Standing) async throws {
    // What changes nothing needs no office of its own.
    let untouched = try standing.office()
    for form in Standing.entries.keys.sorted() {
      let changes = standing.isVisible && standing.rights.contains(form)
      try await send(form, standing, in: changes ? try standing.office() : untouched)
    }
  }

  private func send(_ form: String, _ standing: Standing, in office: Office) async throws {
    let before = try office.history("c1").events.count
    let browser = try Browser(office, standing.user)
    var fields = try #require(Standing.entries[form])
    let token = try #require(FormToken(id: "once", minted: office.now))
    fields["id"] = token.text(page: "desk\n\(standing.user)\nc1\n\(form)", secret: office.secret)
    // That of the session stands in every form, also in the one for signing out.
    let home = try await browser.get("/desk")
    let start = try #require(home.text.firstRange(of: "name=\"form\" value=\""))
    fields["form"] = String(home.text[start.upperBound...].prefix { $0 != "\"" })
    let sent = try await browser.post("/desk/cases/c1/\(form)", fields)
    try office.work()
    let events = try office.history("c1").events.dropFirst(before)
    guard standing.isVisible else {
      #expect(sent.status == 404)
      #expect(events.isEmpty && office.put == 0)
      return
    }
    guard standing.rights.contains(form) else {
      #expect(sent.status == 403)
      #expect(sent.text.contains("不能办理：只能由"))
      #expect(events.isEmpty && office.put == 0)
      return
    }
    #expect(sent.status == 303)
    let isRefused = events.contains { if case .refusedCommand = $0.event { true } else { false } }
    let isOffered = standing.forms.contains(form) || form == "disclose"
    #expect(isRefused != isOffered, "\(events.map(\.type))")
    let page = try await browser.get(try #require(sent.location))
    if isRefused {
      #expect(page.text.contains("未予受理"))
      guard case .refusedCommand(let refused) = events.first?.event else { return }
      #expect(!page.text.contains(refused.reason), "every known reason has Chinese words: \(refused.reason)")
    }
  }

  @Test(arguments: ["/desk", "/desk/cases/c1", "/desk/cases/c1/citizen", "/desk/cases/c1/attachments/aa"])
  func `whoever has not signed in is led to the page for that, and back`(path: String) async throws {
    let office = try Office()
    try office.open("c1")
    let page = try await Browser(office, nil).get(path)
    #expect(page.status == 303)
    #expect(page.location?.hasPrefix("/sign-in?to=") == true)
    #expect(try await Browser(office, nil).post("/desk/cases/c1/sign", [:]).status == 303)
    #expect(office.put == 0)
  }

  @Test func `a case that isn't there looks like one that is another's`() async throws {
    let office = try Office()
    try office.open("c1", owner: "sw", supervisor: nil)
    let clerk = try Browser(office, "zhujian")
    let (one, other) = (try await clerk.get("/desk/cases/c1"), try await clerk.get("/desk/cases/c9"))
    #expect(one.status == 404)
    #expect(one.text == other.text)
    for path in ["/desk/cases/c1/citizen", "/desk/cases/c9/citizen", "/desk/cases/c1/attachments/aa", "/desk/nothing"] {
      #expect(try await clerk.get(path).status == 404, "\(path)")
    }
    for id in ["c1", "c9"] { #expect(try await clerk.post("/desk/cases/\(id)/sign", [:]).status == 404) }
  }

  @Test func `a form needs the session's own token, and comes from no other site`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.get("/desk/cases/c1")
    let (form, id) = (try page.hidden("form", of: "sign"), try page.hidden("id", of: "sign"))
    let path = "/desk/cases/c1/sign"
    #expect(try await clerk.post(path, ["id": id]).status == 403)
    #expect(try await clerk.post(path, ["id": id, "form": ""]).status == 403)
    #expect(try await clerk.post(path, ["id": id, "form": form + "x"]).status == 403)
    // Of another session of the same user.
    let elsewhere = try Browser(office, "zhujian")
    let foreign = try await elsewhere.get("/desk/cases/c1").hidden("form", of: "sign")
    #expect(try await clerk.post(path, ["id": id, "form": foreign]).status == 403)
    #expect(try await clerk.post(path, ["id": id, "form": form], from: "cross-site").status == 403)
    #expect(office.put == 0)
    #expect(try await clerk.post(path, ["id": id, "form": form], from: "same-origin").status == 303)
    #expect(office.put == 1)
  }

  @Test func `a form's own token is of that form, that case and that account`() async throws {
    let office = try Office()
    try office.open("c1")
    try office.open("c2")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.get("/desk/cases/c1")
    let form = try page.hidden("form", of: "sign")
    let others = [
      try page.hidden("id", of: "return"), try await clerk.get("/desk/cases/c2").hidden("id", of: "sign"),
      try await Browser(office, "zhujian2").get("/desk/cases/c1").hidden("id", of: "sign"), "", "once.1.x",
    ]
    for id in others {
      let sent = try await clerk.post("/desk/cases/c1/sign", ["form": form, "id": id])
      #expect(sent.status == 422)
      #expect(sent.text.contains("请再提交一次"))
    }
    #expect(office.put == 0)
  }

  @Test func `a page that was open for too long asks once more, and it stays one command`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    let page = try await clerk.get("/desk/cases/c1")
    office.advance(by: .seconds(12 * 3600 + 1))
    let later = try Browser(office, "zhujian")
    var fields = ["method": "phone", "text": "修好了", "id": try page.hidden("id", of: "reply")]
    fields["form"] = try await later.get("/desk/cases/c1").hidden("form", of: "reply")
    let stale = try await later.post("/desk/cases/c1/reply", fields)
    #expect(stale.status == 422)
    #expect(stale.form("reply")?.contains("修好了") == true)
    let renewed = try stale.hidden("id", of: "reply")
    #expect(renewed.split(separator: ".").first == fields["id"]?.split(separator: ".").first)
    fields["id"] = renewed
    #expect(try await later.post("/desk/cases/c1/reply", fields).status == 303)
  }

  @Test func `only the ways of asking that there are are answered`() async throws {
    let office = try Office()
    try office.open("c1")
    let clerk = try Browser(office, "zhujian")
    #expect(try await clerk.get("/desk/cases/c1/sign").status == 405)
    #expect(try await clerk.post("/desk", [:]).status == 405)
    #expect(try await clerk.post("/desk/cases/c1", [:]).status == 405)
    #expect(try await clerk.post("/desk/cases/c1/open", [:]).status == 404)
    #expect(try await clerk.post("/desk/cases/c1/rate", [:]).status == 404)
  }
}
