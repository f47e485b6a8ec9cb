import Time

/// How days and times are written for a citizen, in Asia/Shanghai.
enum PhoneDates {
  case chinese, english

  /// `10月12日（周一）`, `Mon 12 Oct`.
  func day(_ date: CalendarDate) -> String {
    let (_, month, day) = date.yearMonthDay
    switch self {
    case .chinese: return "\(month)月\(day)日（周\(Self.chineseDays[date.weekday - 1])）"
    case .english: return "\(Self.englishDays[date.weekday - 1]) \(day) \(Self.months[month - 1])"
    }
  }

  /// `9月24日 10:05`, `24 Sep 10:05`.
  func moment(_ instant: Instant) -> String {
    let (_, month, day) = TimeOffset.shanghai.date(of: instant).yearMonthDay
    let time = instant.rfc3339(offset: .shanghai).dropFirst(11).prefix(5)
    switch self {
    case .chinese: return "\(month)月\(day)日 \(time)"
    case .english: return "\(day) \(Self.months[month - 1]) \(time)"
    }
  }

  private static let chineseDays = ["一", "二", "三", "四", "五", "六", "日"]
  private static let englishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
