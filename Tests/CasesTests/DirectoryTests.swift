import Cases
import Testing

struct DirectoryTests {
  typealias Station = Directory.Station

  let county = Station(id: "county", name: "县总站", level: .county, region: "青溪县", codes: ["C"])
  let town = Station(id: "town", name: "柳河镇联络站", level: .township, parent: "county", region: "柳河镇", codes: ["T"])
  let otherTown = Station(id: "other", name: "云台山镇联络站", level: .township, parent: "county", region: "云台山镇")
  let village = Station(
    id: "village", name: "李村联络点", level: .village, parent: "town", region: "李村", aliases: ["老李家湾"])
  let namesake = Station(id: "namesake", name: "李村（云台山）联络点", level: .village, parent: "other", region: "李村")
  let schools = Directory.Department(id: "schools", name: "教育局", categories: ["教育文体"])
  let deputy = Directory.Deputy(id: "d1", name: "周某", station: "village", codes: ["D"])

  func directory() throws -> Directory {
    try Directory(
      version: "1", stations: [county, town, otherTown, village, namesake], departments: [schools], deputies: [deputy])
  }

  func faults(
    _ stations: [Station], departments: [Directory.Department] = [], deputies: [Directory.Deputy] = []
  ) -> [String] {
    do {
      _ = try Directory(version: "1", stations: stations, departments: departments, deputies: deputies)
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test(arguments: [
    (nil, nil, "village", "village"), (nil, nil, "town", "town"), (nil, nil, "county", "schools"),
    (nil, nil, "gone", "schools"), (nil, "云台山镇", "village", "other"), ("T", nil, "other", "town"),
    ("?", nil, "town", "town"),
  ])
  func `where neither code nor address tells, the place that the text is about does`(
    code: String?, address: String?, region: String, owner: String
  ) throws {
    let assignment = try directory().assign(code: code, address: address, region: region, category: "教育文体")
    #expect(assignment.owner.id == owner)
  }

  @Test func `an owner found by the text is reasoned with the place`() throws {
    let reason = try directory().assign(code: nil, address: nil, region: "village", category: "教育文体").reason
    #expect(reason == "意见说的是李村的事，由李村联络点办理")
  }

  @Test func `without a directory the county's station is in charge of all`() {
    let assignment = Directory.builtIn.assign(code: "X", address: "柳河镇", category: "政法")
    #expect(assignment.owner == Owner(id: "county", kind: .station, name: "县级代表联络总站"))
    #expect(assignment.directory == Directory.builtIn.version)
  }

  @Test func `a station's code comes first`() throws {
    let assignment = try directory().assign(code: "T", address: "云台山镇", category: "教育文体")
    #expect(assignment.owner == town.owner)
    #expect(assignment.reason == "扫的是柳河镇联络站的码，由该站办理")
    #expect(assignment.directory == "1")
  }

  @Test func `a deputy's code leads to the deputy's station`() throws {
    let assignment = try directory().assign(code: "D", address: nil, category: "教育文体")
    #expect(assignment.owner == village.owner)
    #expect(assignment.reason == "扫的是代表周某的码，由其所在的李村联络点办理")
  }

  @Test(arguments: [
    (Scan.Kind.deputy, "d1", "village", "扫的是代表周某的码，由其所在的李村联络点办理"),
    (.station, "town", "town", "扫的是柳河镇联络站的码，由该站办理"),
    (.activity, "town", "town", "扫的是活动“接待日”的码，由承办的柳河镇联络站办理"),
  ])
  func `a scan that was valid leads to its holder's station`(
    kind: Scan.Kind, holder: String, owner: String, reason: String
  ) throws {
    let scan = Scan(standing: .valid, kind: kind, holder: holder, activity: kind == .activity ? "接待日" : nil)
    let assignment = try directory().assign(code: "S1ABC", scan: scan, address: "云台山镇", category: "教育文体")
    #expect(assignment.owner.id == owner)
    #expect(assignment.reason == reason)
  }

  @Test(arguments: [
    (Scan.Standing.revoked, "所扫的码已停用，由县总站办理"), (.expired, "所扫的码已过有效期，由县总站办理"),
    (.early, "所扫的码尚未启用，由县总站办理"), (.unknown, "所扫的码无法识别，由县总站办理"),
  ])
  func `a scan of a code that isn't valid leads to the county's station, and says so`(
    standing: Scan.Standing, reason: String
  ) throws {
    let scan = Scan(standing: standing, kind: .station, holder: "town")
    let assignment = try directory().assign(code: "T", scan: scan, address: "柳河镇", region: "town", category: "教育文体")
    #expect(assignment.owner == county.owner)
    #expect(assignment.reason == reason)
  }

  @Test func `a scan of somebody who has left the directory does not decide`() throws {
    let scan = Scan(standing: .valid, kind: .deputy, holder: "gone")
    let assignment = try directory().assign(code: "S1ABC", scan: scan, address: "柳河镇", category: "教育文体")
    #expect(assignment.owner == town.owner)
    #expect(assignment.reason.hasPrefix("所扫的码不在名录中；"))
  }

  @Test func `an unknown code is said, and does not decide`() throws {
    let assignment = try directory().assign(code: "?", address: "柳河镇", category: "教育文体")
    #expect(assignment.owner == town.owner)
    #expect(assignment.reason == "所扫的码不在名录中；地址中有“柳河镇”，由柳河镇联络站办理")
  }

  @Test(arguments: [
    ("青溪县柳河镇街上12号", "town"), ("柳河镇李村3组", "village"), ("云台山镇李村3组", "namesake"), ("云台山镇街上", "other"),
    ("李村", "village"), ("老李家湾村口", "village"), ("云台山镇联络站门口", "other"),
  ])
  func `an address finds the station of which it says most`(address: String, owner: String) throws {
    #expect(try directory().assign(code: nil, address: address, category: "教育文体").owner.id == owner)
  }

  @Test(arguments: [nil, "", "青溪县", "外县某镇"])
  func `without a place the department of the category is in charge`(address: String?) throws {
    let assignment = try directory().assign(code: nil, address: address, category: "教育文体")
    #expect(assignment.owner == Owner(id: "schools", kind: .department, name: "教育局"))
    #expect(assignment.reason == "属“教育文体”类，由教育局承办")
  }

  @Test func `what nobody is in charge of goes to the county's station`() throws {
    let assignment = try directory().assign(code: nil, address: nil, category: "其他")
    #expect(assignment.owner == county.owner)
    #expect(assignment.reason == "无代表码、地址可依，“其他”类也没有承办单位，由县总站办理")
  }

  @Test func `a directory needs a county station`() {
    #expect(faults([]) == ["there is no station of level county"])
  }

  @Test func `a second county station is refused`() {
    let second = Station(id: "second", name: "二", level: .county)
    #expect(faults([county, second]) == ["station second is a second one of level county"])
  }

  @Test func `parents must be there and one level above`() {
    let stations = [
      county,
      Station(id: "a", name: "a", level: .township),
      Station(id: "b", name: "b", level: .township, parent: "nowhere"),
      Station(id: "c", name: "c", level: .village, parent: "county"),
      Station(id: "d", name: "d", level: .township, parent: "c"),
    ]
    #expect(
      faults(stations) == [
        "station a has no parent", "station b has the unknown parent nowhere",
        "station c of level village has a parent of level county, not township",
        "station d of level township has a parent of level village, not county",
      ])
  }

  @Test func `a county station has no parent`() {
    let below = Station(id: "below", name: "下", level: .county, parent: "town")
    let town = Station(id: "town", name: "镇", level: .township, parent: "below")
    #expect(
      faults([below, town]) == [
        "station below is its own ancestor: below → town → below",
        "station town is its own ancestor: town → below → town",
      ])
    let other = Station(id: "other", name: "站", level: .county, parent: "county")
    #expect(faults([county, other]).contains("station other is of level county and so can't have a parent"))
  }

  @Test func `a cycle is told once for each of its stations`() {
    let stations = [
      county,
      Station(id: "a", name: "a", level: .township, parent: "b"),
      Station(id: "b", name: "b", level: .township, parent: "c"),
      Station(id: "c", name: "c", level: .township, parent: "b"),
      Station(id: "d", name: "d", level: .township, parent: "d"),
    ]
    #expect(
      faults(stations) == [
        "station a of level township has a parent of level township, not county",
        "station b is its own ancestor: b → c → b", "station c is its own ancestor: c → b → c",
        "station d is its own ancestor: d → d",
      ])
  }

  @Test func `ids and codes are one of a kind over all lists`() {
    var copy = deputy
    copy.codes = ["T", "E", "E"]
    let department = Directory.Department(id: "d1", name: "局", categories: ["政法"])
    #expect(
      faults([county, town, town, village], departments: [department], deputies: [copy]) == [
        "id town stands twice", "code T of station town stands twice", "id d1 stands twice",
        "code T of deputy d1 stands twice", "code E of deputy d1 stands twice",
      ])
  }

  @Test func `departments have categories, each of one department`() {
    let departments = [
      schools, Directory.Department(id: "more", name: "局", categories: ["教育文体", " "]),
      Directory.Department(id: "none", name: "局", categories: []),
    ]
    #expect(
      faults([county], departments: departments) == [
        "category 教育文体 of department more is already that of schools", "department more has an empty category",
        "department none has no category",
      ])
  }

  @Test func `a deputy is at a known station`() {
    #expect(faults([county], deputies: [deputy]) == ["deputy d1 is at the unknown station village"])
  }

  @Test func `names, ids, codes and places can't be empty`() {
    let blank = Station(id: "县", name: " ", level: .county, region: "", codes: [""])
    #expect(
      faults([blank]) == [
        "the id of a station is not 1 to 64 of A–Z, a–z, 0–9, hyphen, underscore and point",
        "station 县 has an empty name", "station 县 has an empty code", "station 县 has an empty region or alias",
      ])
  }

  @Test func `a fault says where its entry stands`() {
    let twice = [county, county]
    do {
      _ = try Directory(version: "1", stations: twice) { .init(file: "f.yaml", line: $0 == .station(1) ? 7 : 1) }
      Issue.record("a directory with two county stations was taken")
    } catch {
      #expect(error.faults.first?.description == "f.yaml:7: id county stands twice")
    }
  }
}
