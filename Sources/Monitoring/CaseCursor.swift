import Foundation
import GRDB

/// Where a list goes on: behind a place in its order. As text it means nothing to anybody else, and stays good while cases
/// come and go, and with another monitor.
struct CaseCursor: Hashable, Codable {
  /// What lists are ordered by: a text, then numbers, then the case's id.
  struct Place: Hashable, Codable {
    var text: String
    var number: Int64
    var expires: Int64
    var id: String

    func precedes(_ other: Place) -> Bool {
      if text != other.text { return text.utf8.lexicographicallyPrecedes(other.text.utf8) }
      if number != other.number { return number < other.number }
      if expires != other.expires { return expires < other.expires }
      return id.utf8.lexicographicallyPrecedes(other.id.utf8)
    }
  }

  let order: String
  let isReversed: Bool
  let place: Place

  init(order: CaseQuery.Order, isReversed: Bool, place: Place) {
    self.order = order.rawValue
    self.isReversed = isReversed
    self.place = place
  }

  /// `nil` for what ``text`` never gave.
  init?(_ text: String) {
    let base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    let padded = base64 + String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
    guard text.utf8.count <= 1000, let data = Data(base64Encoded: padded),
      let cursor = try? JSONDecoder().decode(Self.self, from: data), CaseQuery.Order(rawValue: cursor.order) != nil
    else { return nil }
    self = cursor
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = (try? encoder.encode(self)) ?? Data()
    return data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
      .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
  }
}
