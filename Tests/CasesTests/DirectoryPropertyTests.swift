import Cases
import SeededRandom
import Testing

/// What holds for every directory and everything that is asked of it.
struct DirectoryPropertyTests {
  static let seed: UInt64 = 20_260_924

  @Test func `an owner is always found, and whoever comes next ends with the county, nobody twice`() throws {
    var kinds: [Owner.Kind: Int] = [:]
    var (attended, carried) = (0, 0)
    for number in 0..<200 {
      let seed = Self.seed + UInt64(number)
      var chance = RandomDirectory(seed: seed)
      let directory = try Directory(version: "1", contents: chance.contents)
      for _ in 0..<50 {
        let assignment = chance.assignment(by: directory)
        kinds[assignment.owner.kind, default: 0] += 1
        attended += assignment.attendant == nil ? 0 : 1
        carried += assignment.carried == true ? 1 : 0
        check(assignment, directory, seed)
        if assignment.owner.kind == .deputy { #expect(assignment.carried == true, "seed \(seed)") }
      }
    }
    #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 100 } && attended > 100 && carried > 100, "\(kinds)")
  }

  @Test func `a chain of returns asks nobody twice and ends at the county's station`() throws {
    var longest = 0
    for number in 0..<200 {
      let seed = Self.seed + UInt64(number)
      var chance = RandomDirectory(seed: seed)
      let directory = try Directory(version: "1", contents: chance.contents)
      for limit in [2, .max] {
        var assignment = chance.assignment(by: directory)
        var tried: [String] = []
        while assignment.owner.id != directory.county.id, tried.count < 100 {
          #expect(!tried.contains(assignment.owner.id), "seed \(seed)")
          tried.append(assignment.owner.id)
          assignment = directory.reassign(
            CaseEvent.Returned(
              by: "某", reason: "", from: assignment.owner, tried: tried, next: assignment.next ?? [],
              count: tried.count, limit: limit), on: nil)
          check(assignment, directory, seed)
        }
        #expect(assignment.owner == directory.county.owner, "seed \(seed)")
        if limit == 2 { #expect(tried.count <= 2, "seed \(seed)") }
        longest = max(longest, tried.count)
      }
    }
    #expect(longest > 3, "\(longest)")
  }

  private func check(_ assignment: Assignment, _ directory: Directory, _ seed: UInt64) {
    #expect(directory.owner(assignment.owner.id) == assignment.owner, "seed \(seed)")
    #expect(!assignment.reason.isEmpty, "seed \(seed)")
    let next = assignment.next ?? []
    #expect(Set(next).count == next.count && !next.contains(assignment.owner.id), "seed \(seed)")
    #expect(next.allSatisfy { directory.owner($0) != nil }, "seed \(seed)")
    #expect(next.last == (assignment.owner.id == directory.county.id ? nil : directory.county.id), "seed \(seed)")
    #expect(assignment.attendant?.id != assignment.owner.id && assignment.supervisor?.id != assignment.owner.id)
    if let supervisor = assignment.supervisor { #expect(directory.station(supervisor.id) != nil, "seed \(seed)") }
    if assignment.owner.kind != .station { #expect(assignment.supervisor != nil, "seed \(seed)") }
  }

  @Test func `any directory is the same out of its entries`() throws {
    for number in 0..<50 {
      let seed = Self.seed + UInt64(number)
      var chance = RandomDirectory(seed: seed)
      let directory = try Directory(version: nil, contents: chance.contents)
      let again = try Directory(entries: directory.entries.shuffled(using: &chance.random))
      #expect(again == directory, "seed \(seed)")
    }
  }

  @Test func `thirteen thousand deputies cost an opinion no more than thirteen`() throws {
    func large(deputies: Int) throws -> Directory {
      var contents = Directory.Contents(stations: [.init(id: "county", name: "总站", level: .county)])
      for town in 0..<25 {
        contents.stations.append(
          .init(id: "t\(town)", name: "第\(town)镇联络站", level: .township, parent: "county", region: "第\(town)镇"))
        for village in 0..<29 {
          contents.stations.append(
            .init(
              id: "t\(town)v\(village)", name: "第\(town)镇第\(village)村联络点", level: .village, parent: "t\(town)",
              region: "第\(village)村"))
        }
      }
      contents.departments = [.init(id: "x", name: "市局", level: .city, categories: ["环境保护"])]
      let stations = contents.stations
      contents.deputies = (0..<deputies).map { number in
        .init(
          id: "d\(number)", name: "代表", level: number % 50 == 0 ? .city : .county,
          station: stations[number % stations.count].id, codes: ["c\(number)"])
      }
      return try Directory(version: "1", contents: contents)
    }
    func duration(_ directory: Directory) -> Duration {
      ContinuousClock().measure {
        for number in 0..<300 {
          let address = "某县第\(number % 25)镇第\(number % 29)村\(number)号"
          let assignment = directory.assign(
            code: number % 3 == 0 ? "c\(number % 13)" : nil, address: address, category: "环境保护")
          #expect(assignment.owner.kind == .deputy)
        }
      }
    }
    let (few, many) = (try large(deputies: 13), try large(deputies: 13_000))
    #expect(many.deputies.count == 13_000 && many.stations.count == 751)
    _ = duration(few)
    let (short, long) = (duration(few), duration(many))
    print("300 assignments: \(short) with 13 deputies, \(long) with 13,000")
    #expect(long < short * 20 + .milliseconds(50))
  }
}
