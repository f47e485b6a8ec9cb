import SeededRandom

/// Texts of our own.
enum Texts {
  static let lamp = """
    柳河镇中心小学门口的三盏路灯从上个月起就不亮了，晚上孩子们放学回家要摸黑走过那段没有人行道的路，来往的货车又多，家长们非常担心，请有关部门尽快派人来修。
    """
  static let lampAgain = """
    各位领导好：柳河镇中心小学门口有三盏路灯，从上个月起就不亮了，晚上孩子放学回家要摸黑走过那段没有人行道的路，来往货车又多，家长们都很担心，请尽快派人来修！谢谢。
    """
  static let river = """
    云台镇茶园村下游的养猪场每到下雨天就把粪水直接排进小河里，河水又黑又臭，鱼都死光了，村民打了很多次电话也没有人来处理，希望环保部门来查一查。
    """

  /// A random text of Chinese characters; its characters are as different as those of a real one.
  static func random(_ length: Int, _ chance: inout SeededGenerator) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<length {
      // The least of three: some characters are much more frequent than others.
      let number = (0..<3).map { _ in UInt32.random(in: 0..<3000, using: &chance) }.min() ?? 0
      if let scalar = Unicode.Scalar(0x4E00 + number) { view.append(scalar) }
    }
    return String(view)
  }

  /// Puts another character in place of each of the given share, or leaves it out, or adds one before it.
  static func changed(_ text: String, share: Double, _ chance: inout SeededGenerator) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard Double.random(in: 0..<1, using: &chance) < share else {
        view.append(scalar)
        continue
      }
      let other = Unicode.Scalar(0x4E00 + UInt32.random(in: 0..<3000, using: &chance)) ?? scalar
      switch Int.random(in: 0..<3, using: &chance) {
      case 0: view.append(other)
      case 1: break
      default: view.append(contentsOf: [other, scalar])
      }
    }
    return String(view)
  }
}
