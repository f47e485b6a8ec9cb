import WebPages

/// What the page to sign in at says, in one language.
struct SignInWords: Sendable {
  let title, intro, name, password, submit: String
  let nameMissing, passwordMissing, wrong, tooOften, busy, crossSite, malformed, signedOut: String
  let noUsers, noUsersHow, insecure: String

  static func of(_ language: Language) -> SignInWords {
    switch language {
    case .chinese: chinese
    case .english: english
    }
  }

  func tooOften(_ wait: Duration) -> String {
    let seconds = max(1, wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0))
    return tooOften.replacing("{1}", with: "\(seconds)")
  }

  private static let chinese = SignInWords(
    title: "登录", intro: "代表、联络站、承办单位和督办机关的工作人员在此登录。群众查询办件不需要登录。", name: "用户名", password: "密码", submit: "登录",
    nameMissing: "请填写用户名。", passwordMissing: "请填写密码。", wrong: "用户名或密码不正确。",
    tooOften: "尝试次数过多，请 {1} 秒后再试。", busy: "登录的人较多，请稍后再试。", crossSite: "这次提交不是从本页发出的，请重新登录。",
    malformed: "没有收到完整的表单，请重新填写。", signedOut: "已退出登录。", noUsers: "这里还没有可以登录的用户。",
    noUsersHow: "管理员用 huiyin users new 生成用户，写入 HUIYIN_USERS 指定的文件。", insecure: "当前连接未加密，请只在可信的网络中登录。")

  private static let english = SignInWords(
    title: "Sign in",
    intro:
      "For deputies, stations, departments and the supervision office. Citizens look up a case without signing in.",
    name: "User name", password: "Password", submit: "Sign in", nameMissing: "Enter the user name.",
    passwordMissing: "Enter the password.", wrong: "The user name or the password is not right.",
    tooOften: "Too many attempts. Try again in {1} seconds.",
    busy: "Many people are signing in. Try again a little later.",
    crossSite: "This was not sent from this page. Sign in again.",
    malformed: "The form did not arrive whole. Fill it in again.",
    signedOut: "You have signed out.", noUsers: "There is nobody yet who could sign in here.",
    noUsersHow: "An administrator makes users with huiyin users new, for the file that HUIYIN_USERS names.",
    insecure: "This connection is not encrypted. Sign in only in a network that you trust.")
}
