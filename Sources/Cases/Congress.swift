/// The level of a people's congress and its government, from the lowest up.
package enum Congress: String, Hashable, Comparable, Sendable, Codable, CaseIterable {
  case township, county, city, provincial, national

  /// Also `province` and `nation`, as a command may have it.
  package init?(named word: String) {
    switch word {
    case "province": self = .provincial
    case "nation": self = .national
    default: self.init(rawValue: word)
    }
  }

  package static func < (left: Congress, right: Congress) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .township: 0
    case .county: 1
    case .city: 2
    case .provincial: 3
    case .national: 4
    }
  }

  /// Such as 市: 市代表, 市人大.
  package var word: String {
    switch self {
    case .township: "乡镇"
    case .county: "县"
    case .city: "市"
    case .provincial: "省"
    case .national: "全国"
    }
  }
}
