import FoundationEssentials
import Time

/// An operator's calendar: plans newer than the built-in ones, or in place of them.
///
/// Either lines, with the version first; `#` begins a comment:
///
///     version: 2027-first
///     2027-01-01 off 元旦
///     2027-02-07 work 春节
///
/// or one year in the JSON of holiday-cn. A plan replaces its year whole, so a file must list all of a year's days; one
/// that doesn't even list 1 January is refused.
package struct CalendarFile: Hashable, Sendable {
  package let version: String
  /// In order of year.
  package let plans: [HolidayPlan]

  /// - Parameter file: what errors call it.
  package init(_ text: String, file: String) throws(CalendarFileError) {
    let content = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
    var draft = Draft(file: file)
    if content.first(where: { !$0.isWhitespace }) == "{" {
      try draft.read(json: content)
    } else {
      try draft.read(lines: content)
    }
    (version, plans) = try draft.finished()
  }
}

extension CalendarFile {
  private struct Draft {
    let file: String
    var version: String?
    var days: [Int: [CalendarDate: HolidayPlan.Day]] = [:]
    /// For each day where it was listed, to say so when it is listed again otherwise.
    var places: [CalendarDate: (isOff: Bool, place: String)] = [:]

    init(file: String) {
      self.file = file
    }

    mutating func read(lines text: Substring) throws(CalendarFileError) {
      var number = 0
      for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        number += 1
        let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
        if words.isEmpty { continue }
        if version == nil {
          guard words.count == 2, words[0] == "version:" else {
            throw error("the version is missing: the first line must be `version: NAME`", line: number)
          }
          version = try checked(String(words[1]), line: number)
          continue
        }
        guard words[0] != "version:" else { throw error("a second version", line: number) }
        let date = try date(String(words[0]), line: number)
        guard words.count >= 2, words[1] == "off" || words[1] == "work" else {
          let found = words.count >= 2 ? "`\(words[1])`" : "nothing"
          throw error("after the date `off` or `work` is wanted, not \(found)", line: number)
        }
        guard words.count >= 3 else { throw error("the holiday's name is missing", line: number) }
        let name = words[2...].joined(separator: " ")
        let day = HolidayPlan.Day(date: date, name: name, isOff: words[1] == "off")
        try add(day, to: Self.planYear(of: day), line: number, place: "line \(number)")
      }
    }

    mutating func read(json text: Substring) throws(CalendarFileError) {
      let published: Published
      do {
        published = try JSONDecoder().decode(Published.self, from: Data(text.utf8))
      } catch let DecodingError.keyNotFound(key, context) {
        throw error("`\(Self.path(context.codingPath + [key]))` is missing")
      } catch let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context) {
        throw error("`\(Self.path(context.codingPath))` has the wrong type")
      } catch {
        throw self.error("is not JSON in the form of holiday-cn")
      }
      if let given = published.version { version = try checked(given) }
      for (index, entry) in published.days.enumerated() {
        let date = try date(entry.date, place: "days[\(index)].date: ")
        guard date.year == published.year || Self.isDecember(date, before: published.year) else {
          throw error("days[\(index)].date: \(date) is not a day of the plan of \(published.year)")
        }
        let day = HolidayPlan.Day(date: date, name: entry.name, isOff: entry.isOffDay)
        try add(day, to: published.year, place: "days[\(index)]")
      }
      if version == nil { version = "holiday-cn-\(published.year)-\(fingerprint)" }
    }

    private mutating func add(
      _ day: HolidayPlan.Day, to year: Int, line: Int? = nil, place: String
    ) throws(CalendarFileError) {
      // From 1992 on Asia/Shanghai has no summer time; the other end keeps a slip of the hand from taking memory.
      guard (1992...2100).contains(year) else {
        throw error("\(day.date) belongs to the plan of \(year); plans may be of 1992 to 2100", line: line)
      }
      if let (isOff, earlier) = places[day.date] {
        guard isOff == day.isOff else {
          let (now, before) = day.isOff ? ("off", "work") : ("work", "off")
          throw error("\(day.date) is `\(now)` here and `\(before)` in \(earlier)", line: line)
        }
        return
      }
      places[day.date] = (day.isOff, place)
      days[year, default: [:]][day.date] = day
    }

    func finished() throws(CalendarFileError) -> (String, [HolidayPlan]) {
      guard let version else { throw error("the version is missing: the first line must be `version: NAME`") }
      guard !days.isEmpty else { throw error("lists no days") }
      var plans: [HolidayPlan] = []
      for (year, listed) in days.sorted(by: { $0.key < $1.key }) {
        guard let newYear = CalendarDate(year: year, month: 1, day: 1), listed[newYear]?.isOff == true else {
          throw error("the plan of \(year) is incomplete: \(year)-01-01 is not listed as off")
        }
        plans.append(HolidayPlan(year: year, days: Array(listed.values)))
      }
      return (version, plans)
    }

    private func date(_ text: String, line: Int? = nil, place: String = "") throws(CalendarFileError) -> CalendarDate {
      guard let date = CalendarDate(text) else {
        throw error("\(place)`\(text)` is not a date of the form YYYY-MM-DD", line: line)
      }
      return date
    }

    private func checked(_ version: String, line: Int? = nil) throws(CalendarFileError) -> String {
      guard isVersion(version) else { throw error("the version \(versionForm)", line: line) }
      return version
    }

    private func error(_ reason: String, line: Int? = nil) -> CalendarFileError {
      CalendarFileError(file: file, line: line, reason: reason)
    }

    /// In every plan so far, the December days listed with 元旦 are those around the next year's first day.
    private static func planYear(of day: HolidayPlan.Day) -> Int {
      let (year, month, _) = day.date.yearMonthDay
      return month == 12 && day.name.contains("元旦") ? year + 1 : year
    }

    private static func isDecember(_ date: CalendarDate, before year: Int) -> Bool {
      let day = date.yearMonthDay
      return day.month == 12 && day.year + 1 == year
    }

    private static func path(_ keys: [any CodingKey]) -> String {
      keys.reduce("") { path, key in
        if let index = key.intValue { return path + "[\(index)]" }
        return path.isEmpty ? key.stringValue : path + "." + key.stringValue
      }
    }

    /// FNV-1a of the days and their kinds, so that a changed plan has another version; not against forgery.
    private var fingerprint: String {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for (date, day) in places.sorted(by: { $0.key < $1.key }) {
        for byte in "\(date)\(day.isOff)".utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
      }
      return String(hash, radix: 16)
    }
  }

  /// A year's file of holiday-cn (https://github.com/NateScarlet/holiday-cn). Other fields are ignored; `version` is ours.
  private struct Published: Decodable {
    struct Day: Decodable {
      let name: String
      let date: String
      let isOffDay: Bool
    }

    let version: String?
    let year: Int
    let days: [Day]
  }
}
