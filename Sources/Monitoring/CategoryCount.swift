/// The cases of one category.
package struct CategoryCount: Hashable, Sendable {
  /// `nil`: of those of which nobody has said what they are about.
  package let category: String?
  package var received: Int
  package var open: Int
  /// Of those open.
  package var overdue: Int

  package init(category: String?, received: Int, open: Int, overdue: Int) {
    self.category = category
    self.received = received
    self.open = open
    self.overdue = overdue
  }
}
