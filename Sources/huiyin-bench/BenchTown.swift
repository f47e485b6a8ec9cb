import Cases
import EventLog
import Foundation
import Streams
import Time

/// Five years of cases of a county as they would stand in the log: 850 owners, 12 categories, about 7 events to a case, 8 %
/// still open and 2 % overdue. The same for the same number of cases.
struct BenchTown {
  let cases: Int
  /// The first day.
  static let start = CalendarDate(dayNumber: 19_000)
  static let days = 1826
  static let categories = [
    "城乡建设", "交通运输", "教育文体", "医疗卫生", "社会保障", "生态环境", "农业农村", "公共安全", "民政事务", "市场监管", "自然资源", "其他",
  ]
  static let departments = 50
  static let stations = 200
  static let deputies = 600

  /// When all of it has been written.
  static var end: Instant { TimeOffset.shanghai.instant(of: start.advanced(byDays: days), at: .seconds(12 * 3600)) }

  /// Chance of its own for each case.
  struct Dice {
    private var state: UInt64

    init(_ number: Int) { state = UInt64(number) &* 0x2545_f491_4f6c_dd1d &+ 88 }

    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return Int((mixed ^ mixed >> 31) % UInt64(bound))
    }

    /// Small numbers more often than large ones.
    mutating func skewed(_ bound: Int) -> Int { min(next(bound), next(bound)) }
  }

  static func name(of number: Int) -> String { "h" + String(UInt64(number) &* 0x9e37_79b9_7f4a_7c15, radix: 32) }

  static func owner(_ dice: inout Dice) -> Owner {
    switch dice.next(10) {
    case 0..<5:
      let number = dice.skewed(departments)
      return Owner(id: "department-\(number)", kind: .department, name: "县第\(number)局")
    case 5..<7:
      let number = dice.skewed(stations)
      return Owner(id: "station-\(number)", kind: .station, name: "第\(number)代表联络站")
    default:
      let number = dice.skewed(deputies)
      return Owner(id: "deputy-\(number)", kind: .deputy, name: "代表\(number)")
    }
  }

  /// Appends all of it, day by day, each day's events in the order of time.
  /// - Returns: how many events there are.
  func write(to publisher: any LogPublisher) throws -> Int {
    var pending: [Int: [(Instant, Output)]] = [:]
    var number = 0
    var events = 0
    let lastDay = Self.days + 60
    for day in 0...lastDay {
      while number < cases, number * Self.days / cases <= day {
        for (time, output) in life(of: number) {
          let at = TimeOffset.shanghai.date(of: time).dayNumber - Self.start.dayNumber
          pending[min(max(at, day), lastDay), default: []].append((time, output))
          if output.topic == Topics.cases { events += 1 }
        }
        number += 1
      }
      let today = (pending.removeValue(forKey: day) ?? []).enumerated().sorted {
        ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
      }
      for start in stride(from: 0, to: today.count, by: 10_000) {
        _ = try publisher.publish(today[start..<min(today.count, start + 10_000)].map(\.element.1))
      }
    }
    return events
  }

  /// The records of one case on all topics, each with its time.
  private func life(of number: Int) -> [(Instant, Output)] {
    var dice = Dice(number)
    let day = Self.start.advanced(byDays: number * Self.days / cases)
    let received = TimeOffset.shanghai.instant(of: day, at: .seconds(Int64(8 * 3600 + dice.next(12 * 3600))))
    let age = Self.days - number * Self.days / cases
    var life = BenchLife(number: number, received: received, owner: Self.owner(&dice))
    life.open(category: Self.categories[dice.skewed(12)], isSure: dice.next(20) > 0, isLong: age < 110)
    if dice.next(10) < 6 {
      life.know(Citizen(id: "wechat/county/o\(dice.next(cases))", name: "王某", phone: "13900000000", anonymous: false))
    }
    // Of the last 110 days two thirds have a long term, and run still; of all, 2 % are overdue.
    if age < 110, dice.next(3) > 0 {
      life.sign(after: 1)
      return life.records
    }
    if dice.next(50) == 0 {
      life.sign(after: 2)
      life.becomeOverdue(steps: dice.next(3))
      return life.records
    }
    if dice.next(10) > 0 { life.sign(after: 1) }
    if dice.next(5) == 0 { life.remind() }
    let isLate = dice.next(20) == 0
    if isLate { life.becomeOverdue(steps: dice.next(3)) }
    life.reply(after: isLate ? 14 : 2 + dice.next(5), isLate: isLate, isTold: age < 90)
    if dice.next(200) == 0 { life.failToTell() } else { life.tell() }
    if dice.next(3) == 0 {
      life.rate(CaseCommand.Rate.Satisfaction.allCases[dice.skewed(3)])
    }
    if age > 20 || dice.next(2) == 0 { life.close() }
    return life.records
  }
}
