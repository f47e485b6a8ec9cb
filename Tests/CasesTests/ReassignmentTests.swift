import Cases
import Testing

/// Who comes next when one returns, transfers or escalates a case.
struct ReassignmentTests {
  let directory: Directory

  init() throws {
    directory = try County.directory()
  }

  func owner(_ id: String) throws -> Owner { try #require(directory.owner(id)) }

  func returned(_ from: String, tried: [String], next: [String], count: Int = 1) throws -> Assignment {
    directory.reassign(
      CaseEvent.Returned(
        by: "某", reason: "不属我处", from: try owner(from), tried: tried, next: next, count: count, limit: 2), on: nil)
  }

  func transferred(_ from: String, to: String, tried: [String], next: [String] = ["county"]) throws -> Assignment {
    directory.reassign(
      CaseEvent.Transferred(by: "某", reason: "", from: try owner(from), to: to, tried: tried, next: next), on: nil)
  }

  func escalated(
    _ from: String, to: String? = nil, level: String? = nil, tried: [String], next: [String] = ["county"],
    step: CaseEvent.Escalated.Step = .asked
  ) throws -> Assignment {
    directory.reassign(
      CaseEvent.Escalated(
        step: step, reason: "", from: try owner(from), to: to, level: level, tried: tried, next: next), on: nil)
  }

  @Test func `what is returned goes to the next who has not been asked`() throws {
    let assignment = try returned("li", tried: ["li"], next: ["roads", "liu", "county"])
    #expect(assignment.owner.id == "roads")
    #expect(assignment.reason == "李村联络点退回，依次由交通局接办")
    #expect(assignment.supervisor?.id == "li")
    #expect(assignment.next == ["liu", "county"])
    #expect(assignment.directory == "1")
    #expect(try returned("li", tried: ["roads", "li"], next: ["roads", "liu", "county"]).owner.id == "liu")
    #expect(try returned("li", tried: [], next: ["li", "gone", "liu", "county"]).owner.id == "liu")
  }

  @Test func `after the second return the county's station decides`() throws {
    let assignment = try returned("roads", tried: ["li", "roads"], next: ["liu", "county"], count: 2)
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "交通局退回，这是第2次退回，由县总站裁定")
    #expect(assignment.next == nil)
  }

  @Test(arguments: [[], ["county"], ["gone"], ["li"]])
  func `where nobody is left the county's station has it`(next: [String]) throws {
    let assignment = try returned("li", tried: ["li"], next: next)
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "李村联络点退回，已无其他承办方，由县总站办理")
  }

  @Test func `what the county's station returns stays with it, and it is told why`() throws {
    let assignment = try returned("county", tried: ["county"], next: ["liu"])
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "县总站退回，其上再无承办方，仍由县总站办理")
  }

  @Test func `a department that returned its matter leaves the supervision with the station`() throws {
    let assignment = try returned("police", tried: ["police"], next: ["schools", "li", "county"])
    #expect(assignment.owner.id == "schools")
    #expect(assignment.supervisor?.id == "li")
  }

  @Test func `what one deputy does not carry the next one does`() throws {
    let assignment = try returned("d4", tried: ["d4"], next: ["d3", "li", "liu", "county"])
    #expect(assignment.owner.id == "d3")
    #expect(assignment.carried == true)
    #expect(assignment.supervisor?.id == "li")
  }

  @Test func `what is transferred goes to whom it says`() throws {
    let assignment = try transferred("li", to: "roads", tried: ["li"], next: ["liu", "county"])
    #expect(assignment.owner.id == "roads")
    #expect(assignment.reason == "李村联络点转由交通局办理")
    #expect(assignment.supervisor?.id == "li")
    #expect(assignment.next == ["liu", "county"])
    #expect(try transferred("roads", to: "li", tried: ["li", "roads"]).supervisor == nil)
  }

  @Test func `what is transferred to nobody the county's station has, with the reason`() throws {
    let assignment = try transferred("li", to: "gone", tried: ["li"])
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "李村联络点转办，名录中没有所转的承办方，由县总站办理")
  }

  @Test func `what is escalated goes to the station above`() throws {
    let assignment = try escalated("li", tried: ["li"], next: ["roads", "liu", "county"], step: .ladder)
    #expect(assignment.owner.id == "liu")
    #expect(assignment.reason == "李村联络点逾期未办结，提级，由上级的柳河镇联络站办理")
    #expect(assignment.next == ["roads", "county"])
    #expect(try escalated("liu", tried: ["liu"]).owner.id == "county")
  }

  @Test func `a department's matter is escalated to the station above the one that supervises it`() throws {
    #expect(try escalated("roads", tried: ["roads"], next: ["li", "liu", "county"]).owner.id == "liu")
    #expect(try escalated("roads", tried: ["li", "roads"], next: ["county"]).owner.id == "liu")
    let placeless = try escalated("roads", tried: ["roads"])
    #expect(placeless.owner.id == "county")
    #expect(placeless.reason == "交通局请求提级，由县总站办理")
  }

  @Test func `it goes to whom the one who escalates asks for`() throws {
    #expect(try escalated("li", to: "schools", tried: ["li"]).owner.id == "schools")
    let unknown = try escalated("li", to: "gone", tried: ["li"])
    #expect(unknown.owner.id == "county" && unknown.reason == "李村联络点请求提级，名录中没有所指的承办方，由县总站办理")
  }

  @Test func `a deputy of the level asked for carries it, and the station supervises`() throws {
    let assignment = try escalated("li", level: "city", tried: ["li"])
    #expect(assignment.owner.id == "d4" && assignment.carried == true && assignment.supervisor?.id == "li")
    #expect(assignment.reason == "李村联络点请求提级，由市人大代表市乙带往市人大")
    #expect(try escalated("li", level: "city", tried: ["li", "d4"]).owner.id == "d3")
  }

  @Test(arguments: ["provincial", "province", "nation", "county", "township", "somewhere"])
  func `where nobody can carry it to that level the county's station has it`(level: String) throws {
    let assignment = try escalated("li", level: level, tried: ["li"])
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "李村联络点请求提级，名录中没有可以带往上级人大的代表，由县总站办理")
  }

  @Test func `above the county's station there is nobody, and it is told so`() throws {
    let assignment = try escalated("county", tried: ["county"])
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "县总站请求提级，其上再无承办方，仍由县总站办理")
  }
}
