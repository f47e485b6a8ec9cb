import Cases
import Testing
import Time

/// Who must act, and why: each rule by itself, on a county with everything.
struct AssignmentTests {
  func assign(
    code: String? = nil, scan: Scan? = nil, address: String? = nil, region: String? = nil, _ category: String = "其他",
    doubt: String? = nil, on day: CalendarDate? = nil, _ change: (inout Directory.Contents) -> Void = { _ in }
  ) throws -> Assignment {
    try County.directory(change).assign(
      code: code, scan: scan, address: address, region: region, category: category, doubt: doubt, on: day)
  }

  @Test(arguments: [
    ("李村一网格3号", "li", "地址中有“李村一网格”，是李村联络点的网格，由李村联络点办理"),
    ("滨河路8号", "li", "地址中有“滨河路”，是李村联络点的网格，由李村联络点办理"),
    ("青溪县开发区2号", "liu", "地址中有“开发区”，属柳河镇联络站，由柳河镇联络站办理"),
    ("开发区网格", "liu", "地址中有“开发区网格”，是柳河镇联络站的网格，由柳河镇联络站办理"),
    ("水口驿站旁", "post", "地址中有“水口驿站”，由水口驿站办理"),
  ])
  func `an address finds regions, grids and posts, too`(address: String, owner: String, reason: String) throws {
    let assignment = try assign(address: address)
    #expect(assignment.owner.id == owner)
    #expect(assignment.reason == reason)
  }

  @Test func `a grid's name that several villages have decides only with the village's`() throws {
    func find(_ address: String) throws -> String {
      try assign(address: address) {
        $0.regions += [
          .init(id: "n1", name: "第一网格", isGrid: true, station: "li"),
          .init(id: "n2", name: "第一网格", isGrid: true, station: "cha"),
        ]
      }.owner.id
    }
    #expect(try find("第一网格") == "county")
    #expect(try find("茶园村第一网格") == "cha")
    #expect(try find("李村第一网格") == "li")
    #expect(try find("柳河镇第一网格") == "li")
  }

  @Test func `the region that the text is about may be a grid`() throws {
    let assignment = try assign(region: "g1")
    #expect(assignment.owner.id == "li")
    #expect(assignment.reason == "意见说的是李村一网格的事，由李村联络点办理")
  }

  @Test func `without a place the specialised station comes before the department`() throws {
    let assignment = try assign("教育文体")
    #expect(assignment.owner.id == "edu")
    #expect(assignment.reason == "属“教育文体”类，由教育专业联络站专门受理")
    #expect(assignment.next == ["schools", "county"])
    #expect(assignment.supervisor == nil)
  }

  @Test func `a specialised station takes from its parent's land only`() throws {
    #expect(try assign("政法").owner.id == "police")
    let directory = try County.directory()
    #expect(directory.specialist(in: "政法", at: "li")?.id == "peace")
    #expect(directory.specialist(in: "政法", at: "g2")?.id == "peace")
    #expect(directory.specialist(in: "政法", at: "cha") == nil)
    #expect(directory.specialist(in: "教育文体", at: "cha")?.id == "edu")
  }

  @Test func `a department's matter is supervised by the county's station where no place is known`() throws {
    let assignment = try assign("交通运输")
    #expect(assignment.owner.id == "roads")
    #expect(assignment.reason == "属“交通运输”类，由交通局承办")
    #expect(assignment.supervisor?.id == "county")
    #expect(assignment.next == ["county"])
  }

  @Test func `what is in a station's power stays there, with the department in charge as the next`() throws {
    let assignment = try assign(address: "李村", "交通运输")
    #expect(assignment.owner.id == "li")
    #expect(assignment.supervisor == nil)
    #expect(assignment.next == ["roads", "liu", "county"])
  }

  @Test func `what a station is not to handle goes to the department in charge, and the station supervises`() throws {
    let assignment = try assign(address: "李村", "交通运输") { $0.stations["liu"].handles = ["民政"] }
    #expect(assignment.owner.id == "roads")
    #expect(assignment.reason == "地址中有“李村”；“交通运输”类不在李村联络点职权内，由交通局承办，李村联络点跟踪督办")
    #expect(assignment.supervisor?.id == "li")
    #expect(assignment.next == ["li", "liu", "county"])
    #expect(try assign(address: "李村", "民政") { $0.stations["liu"].handles = ["民政"] }.owner.id == "li")
    #expect(try assign(address: "茶园村", "交通运输") { $0.stations["liu"].handles = ["民政"] }.owner.id == "cha")
  }

  @Test func `a dispute goes to the mediation of its township before the department`() throws {
    let assignment = try assign(address: "李村", "政法") { $0.stations["county"].handles = [] }
    #expect(assignment.owner.id == "peace")
    #expect(assignment.supervisor?.id == "li")
    #expect(try assign(address: "茶园村", "政法") { $0.stations["county"].handles = [] }.owner.id == "police")
  }

  @Test(arguments: [("开发区", "zone-office"), ("云台镇", "yun-office"), ("茶园村", "yun-office"), ("李村", "li")])
  func `of two departments the one whose land it is is in charge, and none elsewhere`(
    address: String, owner: String
  ) throws {
    #expect(try assign(address: address, "经济管理") { $0.stations["county"].handles = [] }.owner.id == owner)
  }

  @Test func `a department that is limited to some land is not in charge where no place is known`() throws {
    let assignment = try assign("经济管理")
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "无代表码、地址可依，“经济管理”类也没有承办单位，由县总站办理")
    #expect(assignment.next == nil)
  }

  @Test func `what is beyond the county's power is carried by the nearest deputy of the right level`() throws {
    let assignment = try assign(address: "李村", "环境保护")
    #expect(assignment.owner == Owner(id: "d4", kind: .deputy, name: "市乙"))
    #expect(assignment.carried == true)
    #expect(assignment.supervisor?.id == "li")
    #expect(
      assignment.reason == "地址中有“李村”；“环境保护”类由市生态环境局主管，超出县级权限，由市人大代表市乙带往市人大，李村联络点跟踪督办")
    #expect(assignment.next == ["d3", "li", "liu", "county"])
    #expect(try assign(address: "茶园村", "环境保护").owner.id == "d3")
    #expect(try assign(address: "云台镇", "环境保护").owner.id == "d3")
    #expect(try assign("环境保护").supervisor?.id == "county")
  }

  @Test func `where there is no deputy of that level the county's station has it, and is told why`() throws {
    let assignment = try assign(address: "李村", "国土资源")
    #expect(assignment.owner.id == "county")
    #expect(assignment.reason == "地址中有“李村”；“国土资源”类由省自然资源厅主管，超出县级权限，名录中又没有省人大代表可以带往，由县总站办理")
    #expect(assignment.carried == nil)
    #expect(try assign("国土资源").owner.id == "county")
  }

  @Test func `what a station says to handle it keeps, even if only a higher department is in charge`() throws {
    #expect(try assign(address: "李村", "环境保护") { $0.stations["li"].handles = ["环境保护"] }.owner.id == "li")
  }

  @Test func `in doubt nothing is decided by the category`() throws {
    let assignment = try assign(address: "李村", "环境保护", doubt: "类别拿不准") { $0.stations["county"].handles = [] }
    #expect(assignment.owner.id == "li")
    #expect(assignment.next == ["liu", "county"])
    let placeless = try assign("教育文体", doubt: "类别拿不准（可能是“教育文体”）")
    #expect(placeless.owner.id == "county")
    #expect(placeless.reason == "类别拿不准（可能是“教育文体”），由县总站研判")
  }

  @Test(arguments: [
    (nil, nil, "cha", "li", "扫的是流动代表流某的码，由其现居住地的茶园村联络点主办，李村联络点协办"),
    ("柳河镇李村2号", nil, "li", "cha", "扫的是流动代表流某的码，事在其原选区，由原选区的李村联络点主办，茶园村联络点协办"),
    (nil, "g1", "li", "cha", "扫的是流动代表流某的码，事在其原选区，由原选区的李村联络点主办，茶园村联络点协办"),
    ("茶园村", "li", "cha", "li", "扫的是流动代表流某的码，由其现居住地的茶园村联络点主办，李村联络点协办"),
  ])
  func `a floating deputy's residence leads unless the matter lies in the home constituency, and the other attends`(
    address: String?, region: String?, owner: String, attendant: String, reason: String
  ) throws {
    for assignment in [
      try assign(code: "D2", address: address, region: region),
      try assign(
        code: "X", scan: Scan(standing: .valid, kind: .deputy, holder: "d2"), address: address, region: region),
    ] {
      #expect(assignment.owner.id == owner)
      #expect(assignment.attendant?.id == attendant)
      #expect(assignment.reason == reason)
      #expect(assignment.next?.first == attendant)
    }
  }

  @Test func `where a floating deputy's home lies in the residence's land, a matter at home is the home's`() throws {
    let change: (inout Directory.Contents) -> Void = {
      ($0.deputies["d2"].residence, $0.deputies["d2"].station) = ("liu", "liu")
    }
    #expect(try assign(code: "D2", address: "李村", "其他", change).owner.id == "li")
    #expect(try assign(code: "D2", address: "柳河镇", "其他", change).owner.id == "liu")
  }

  @Test func `an address in one place and a text about another make one lead and one in attendance`() throws {
    let assignment = try assign(address: "云台镇街上", region: "li")
    #expect(assignment.owner.id == "yun")
    #expect(assignment.attendant?.id == "li")
    #expect(assignment.reason == "地址中有“云台镇”，意见又说到李村，由云台镇联络站主办，李村联络点协办")
    #expect(assignment.next == ["li", "county"])
  }

  @Test func `a township and its own village are one place, where nobody attends`() throws {
    #expect(try assign(address: "柳河镇街上", region: "li").attendant == nil)
    #expect(try assign(address: "李村", region: "liu").attendant == nil)
  }

  @Test func `who attends goes on doing so where a department or a deputy has the matter in hand`() throws {
    let assignment = try assign(address: "云台镇", region: "li", "交通运输") { $0.stations["county"].handles = [] }
    #expect(assignment.owner.id == "roads" && assignment.supervisor?.id == "yun" && assignment.attendant?.id == "li")
    #expect(try assign(address: "云台镇", region: "li", "环境保护").attendant?.id == "li")
  }

  @Test func `the owner's closed days of the next 60 days are noted`() throws {
    func noted(_ text: String) throws -> [CalendarDate]? {
      try assign(address: "李村", on: County.day("2026-09-24")) {
        $0.stations["li"].closed = text.split(separator: " ").compactMap { DateRange($0) }
      }.closedDays
    }
    #expect(
      try noted("2026-09-01 2026-09-23/2026-09-25 2026-11-22 2026-11-23")
        == ["2026-09-24", "2026-09-25", "2026-11-22"].map(County.day))
    #expect(try noted("2026-11-23") == nil)
    #expect(try assign(address: "李村") { $0.stations["li"].closed = [DateRange(County.today)] }.closedDays == nil)
  }

  @Test func `the first deputies and stations by which equals are told apart do not depend on the entries' order`()
    throws
  {
    let shuffled = try County.directory {
      $0.deputies.reverse()
      $0.departments.reverse()
      $0.regions.reverse()
    }
    let directory = try County.directory()
    #expect(shuffled == directory)
  }
}
