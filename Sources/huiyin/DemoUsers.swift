import Accounts
import Cases
import Foundation

/// Somebody of each sort who can sign in to the demo, with passwords that are made anew at each start.
struct DemoUsers {
  private struct Guest {
    let account: Account
    let password: String
  }

  private let guests: [Guest]
  /// The file of users.
  let path: String

  /// Writes the file.
  /// - Parameter folder: made if it is missing.
  init(in folder: String) throws {
    var generator = SystemRandomNumberGenerator()
    let accounts = [
      Account(name: "office", title: "督办室", role: .supervisor),
      Account(name: "linxi", title: "临溪街道代表联络站", role: .station, holder: "linxi"),
      Account(name: "zjj", title: "县住房和城乡建设局", role: .department, holder: "zjj"),
      Account(name: "root", title: "管理员", role: .administrator),
    ]
    guests = accounts.map { Guest(account: $0, password: GeneratedPassword.text(using: &generator)) }
    path = "\(folder)/demo-users.yaml"
    let lines = try guests.map { guest in
      let salt = (0..<PasswordHash.saltSize).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      guard let hash = PasswordHash(of: guest.password, salt: salt) else {
        throw fail("the password can't be hashed: too little memory")
      }
      return UserFile.line(guest.account, password: hash)
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = "users:\n" + lines.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  func tell(_ board: String) {
    print("登录 Sign in:          \(board)sign-in")
    for guest in guests {
      let name = guest.account.name.padding(toLength: 8, withPad: " ", startingAt: 0)
      print("  \(name) \(guest.password)   \(guest.account.title)")
    }
  }
}
