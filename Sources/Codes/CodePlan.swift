package import Cases
package import Time

/// Which codes are to be made so that every order has one, and which are there already.
package struct CodePlan: Hashable, Sendable {
  package struct Order: Hashable, Sendable {
    package var subject: Code.Subject
    package var category: String?
    package var from: GivenTime?
    package var until: GivenTime?

    package init(
      _ subject: Code.Subject, category: String? = nil, from: GivenTime? = nil, until: GivenTime? = nil
    ) {
      self.subject = subject
      self.category = category
      self.from = from
      self.until = until
    }
  }

  package private(set) var new: [Code] = []
  /// Left as they are, also where the order names another category or time.
  package private(set) var existing: [Code] = []

  /// A subject whose codes are all revoked or expired gets another, under the next number. The same orders for the same
  /// book, keys and subjects always give the same ids.
  /// - Throws: ``Malformed`` for an order that can't be a code.
  package init(_ orders: [Order], in book: CodeBook, under keys: CodeKeys, at time: Instant) throws(Malformed) {
    var known: [Code.Subject: (last: Int, current: Code?)] = [:]
    for code in book.sorted {
      let standing = code.standing(at: time)
      let isOver = standing == .revoked || standing == .expired
      known[code.subject] = (last: code.serial, current: isOver ? known[code.subject]?.current : code)
    }
    for order in orders {
      let found = known[order.subject]
      if let current = found?.current {
        existing.append(current)
        continue
      }
      let serial = (found?.last ?? 0) + 1
      let code = Code(
        order.subject, id: keys.id(of: order.subject, serial: serial), serial: serial, category: order.category,
        made: GivenTime(time), from: order.from, until: order.until)
      try code.check()
      known[order.subject] = (last: serial, current: code)
      new.append(code)
    }
  }
}
