import Board
import Board
import CaseStories
import Cases
import EventLog
import Foundation
import HTTPTypes
import HTTPValues
import SeededRandom
import Testing
import Time

struct ListTests {
  private static func hall() throws -> Hall {
    var told = try Story.held("of-station", by: .station, category: "农业农村", due: "2026-10-14")
    let time = try #require(GivenTime("2026-10-14T16:00:00+08:00"))
    told.add(
      .supervised(
        CaseEvent.Supervised(
          step: .ladder,
          deadline: CaseEvent.DeadlineEvent(
            due: try #require(CalendarDate("2026-10-14")), generation: 1, firedAt: time, lateBy: 0))), at: time)
    return try Hall([
      .held("of-department", by: .department, due: "2026-10-12"), told,
      .held("of-deputy", by: .deputy, due: "2026-10-09"),
      .held("in-time", by: .department, due: "2026-10-15", isLate: false),
    ])
  }

  /// The cases that a page lists, in order.
  private static func ids(_ page: String) -> [String] {
    page.split(separator: "<td data-label=\"办件编号\"><a href=\"/cases/").dropFirst()
      .map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `the overdue list says whose, since when, how late, which step and what came last`() async throws {
    let page = try await Self.hall().page("/overdue", as: "duban")
    #expect(Self.ids(page) == ["of-deputy", "of-department", "of-station"])
    for words in [
      "柳河站", "城建局", "张代表", "2026-09-24 10:00", "2026-10-12", "共 3 件", "督办", "催办",
      "<td data-label=\"逾期工作日\" class=\"number\">3</td>", "2026-10-14 16:00",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test(arguments: [
    ("/overdue?owner=station:lh", ["of-station"]), ("/overdue?owner=station:", ["of-station"]),
    ("/overdue?owner=department:cj", ["of-department"]), ("/overdue?deputy=d1", ["of-deputy"]),
    ("/overdue?deputy=%E5%BC%A0%E4%BB%A3%E8%A1%A8", ["of-deputy"]), ("/overdue?deputy=nobody", []),
    ("/overdue?category=%E5%86%9C%E4%B8%9A%E5%86%9C%E6%9D%91", ["of-station"]), ("/overdue?category=none", []),
    ("/overdue?step=supervision", ["of-station"]), ("/overdue?step=report", []),
    ("/overdue?reverse=1", ["of-station", "of-department", "of-deputy"]),
    ("/overdue?sort=owner", ["of-department", "of-deputy", "of-station"]),
    ("/overdue?sort=nonsense&owner=x&step=%00", ["of-deputy", "of-department", "of-station"]),
    ("/cases", ["of-deputy", "of-department", "of-station", "in-time"]), ("/cases?standing=due-today", ["in-time"]),
    ("/cases?standing=closed", []), ("/overdue?standing=any", ["of-deputy", "of-department", "of-station"]),
  ])
  func `filters and order are in the address`(path: String, ids: [String]) async throws {
    #expect(Self.ids(try await Self.hall().page(path, as: "duban")) == ids)
  }

  @Test func `a page's own links and choices repeat its filter`() async throws {
    let page = try await Self.hall().page("/overdue?owner=station%3Alh&step=supervision&sort=received", as: "duban")
    for words in [
      "href=\"/overdue?owner=station%3Alh&amp;step=supervision&amp;sort=received&amp;reverse=1\"",
      "href=\"/overdue.csv?owner=station%3Alh&amp;step=supervision&amp;sort=received\"",
      "<option value=\"station:lh\" selected>柳河站</option>", "<option value=\"supervision\" selected>督办</option>",
      "<option value=\"received\" selected>收到时间</option>", "<th scope=\"col\" aria-sort=\"descending\">",
    ] { #expect(page.contains(words), "\(words)") }
  }

  @Test func `a long list goes on from page to page without gaps`() async throws {
    let stories = try (0..<120).map {
      try Story.held("n\(1000 + $0)", by: .department, due: "2026-10-12")
    }
    let hall = try Hall(stories)
    var (path, found): (String?, [String]) = ("/overdue", [])
    while let next = path {
      let page = try await hall.page(next, as: "duban")
      found += Self.ids(page)
      path = page.firstRange(of: "\" rel=\"next\"").map { range in
        String(page[..<range.lowerBound].split(separator: "href=\"").last ?? "").replacing("&amp;", with: "&")
      }
      #expect(found.count <= 120)
    }
    #expect(found == stories.map(\.id.text))
    #expect(try await hall.page("/overdue?after=nonsense", as: "duban").contains("翻页链接已经失效"))
  }

  @Test func `a case is found by what it is called, by those who may see it`()
    async throws
  {
    let hall = try Hall([.held("of-deputy", by: .deputy)])
    for query in ["of-deputy", "%20of-deputy%20"] {
      #expect(Self.ids(try await hall.page("/cases?q=\(query)", as: "duban")) == ["of-deputy"])
    }
    #expect(Self.ids(try await hall.page("/cases?q=of-deputy", as: "liuhe")).isEmpty)
    #expect(try await hall.page("/cases?q=%3Cb%3E", as: "liuhe").contains("没有这个编号的办件"))
  }

  @Test func `a file has every line of the filtered list, marked as UTF-8, for a spreadsheet`() async throws {
    let hall = try Self.hall()
    let response = try #require(try await hall.send("/overdue.csv?sort=owner", as: "duban"))
    #expect(response.head.headerFields[.contentType] == "text/csv; charset=utf-8; header=present")
    #expect(
      response.head.headerFields[.contentDisposition] == "attachment; filename=\"huiyin-overdue-20261015-0900.csv\"")
    #expect(response.body.starts(with: [0xEF, 0xBB, 0xBF]))
    let lines = String(decoding: response.body.dropFirst(3), as: UTF8.self).components(separatedBy: "\r\n")
    try #require(lines.count == 5)
    #expect(lines[0].hasPrefix("办件编号,办件标识,状态,承办,"))
    #expect(lines[1] == ",of-department,已逾期,城建局,承办单位,,城乡建设,,2026-09-24 10:00,2026-10-12,,3,催办,逾期,2026-10-13 00:00")
    #expect(lines[4].isEmpty)
    #expect(Set(lines[0..<4].map { $0.split(separator: ",", omittingEmptySubsequences: false).count }) == [15])
    #expect(!lines.joined().contains("绝密"))
  }

  @Test func `a long list is one file, and a deputy's has only what is theirs`() async throws {
    let stories = try (0..<1500).map {
      try Story.held("n\(10000 + $0)", by: $0 % 3 == 0 ? .deputy : .department, due: "2026-10-12")
    }
    let hall = try Hall(stories)
    for (user, count) in [("duban", 1500), ("zhang", 500)] {
      let response = try #require(try await hall.send("/cases.csv", as: user))
      #expect(String(decoding: response.body, as: UTF8.self).split(separator: "\r\n").count == count + 1)
    }
  }

  @Test func `no cell of a file is taken for a formula, and what is quoted comes back`() throws {
    var random = SeededGenerator(seed: 7)
    let pieces = ["=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "\"", ",", "'", "＝", "a", "意见", " ", ";", "\u{301}"]
    for _ in 0..<3000 {
      let cells = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      var file = CSVFile()
      file.add(cells)
      file.add(["end"])
      let lines = try #require(Self.parsed(Array(file.bytes.dropFirst(3))))
      try #require(lines.count == 2 && lines[1] == ["end"])
      #expect(lines[0].count == cells.count)
      for (cell, given) in zip(lines[0], cells) {
        let first = cell.unicodeScalars.first
        #expect(!["=", "+", "-", "@", "\t", "\r", "\n"].contains(first ?? "a"))
        #expect(Array(cell.utf8) == Array(given.utf8) || Array(cell.utf8) == Array(("'" + given).utf8))
      }
    }
  }

  /// As RFC 4180 reads it; `nil` for what it doesn't allow.
  private static func parsed(_ bytes: [UInt8]) -> [[String]]? {
    var (lines, line, cell): ([[String]], [String], [UInt8]) = ([], [], [])
    var (index, isQuoted, wasQuoted) = (0, false, false)
    func text() -> String { String(decoding: cell, as: UTF8.self) }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if index + 1 < bytes.count, bytes[index + 1] == byte {
          cell.append(byte)
          index += 1
        } else {
          (isQuoted, wasQuoted) = (false, true)
        }
      case _ where isQuoted: cell.append(byte)
      case UInt8(ascii: "\"") where cell.isEmpty && !wasQuoted: isQuoted = true
      case UInt8(ascii: ","):
        line.append(text())
        (cell, wasQuoted) = ([], false)
      case UInt8(ascii: "\r"):
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\n") else { return nil }
        index += 1
        lines.append(line + [text()])
        (line, cell, wasQuoted) = ([], [], false)
      case UInt8(ascii: "\""), UInt8(ascii: "\n"): return nil
      case _ where wasQuoted: return nil
      default: cell.append(byte)
      }
      index += 1
    }
    return isQuoted || !cell.isEmpty || !line.isEmpty ? nil : lines
  }
}
