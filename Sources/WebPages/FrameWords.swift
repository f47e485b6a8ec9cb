/// The labels of what stands around a page.
struct FrameWords {
  let site, signIn, signOut, skip, asOf, live, changed: String
  private let places: [PageFrame.Place: String]

  func name(of place: PageFrame.Place) -> String { places[place] ?? place.rawValue }

  static func of(_ language: Language) -> FrameWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  private static let chinese = FrameWords(
    site: "回音", signIn: "登录", signOut: "退出登录", skip: "跳到正文", asOf: "截至", live: "实时更新",
    changed: "页面内容已更新",
    places: [
      .overview: "总览", .overdue: "逾期办件", .cases: "全部办件", .review: "待研判", .deadLetters: "异常记录", .health: "运行状况",
      .desk: "我的办件",
    ])

  private static let english = FrameWords(
    site: "Huiyin", signIn: "Sign in", signOut: "Sign out", skip: "Skip to the content", asOf: "As of",
    live: "Live updates", changed: "The page has been updated",
    places: [
      .overview: "Overview", .overdue: "Overdue", .cases: "All cases", .review: "To be reviewed",
      .deadLetters: "Dead letters", .health: "Health", .desk: "My cases",
    ])
}
