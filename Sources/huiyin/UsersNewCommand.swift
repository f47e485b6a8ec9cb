import Accounts
import ArgumentParser
import Cases

struct UsersNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Prints a user's password, once, and the line that lets them in.",
    discussion: """
      The password goes to the user. The line goes under `users:` in the file that HUIYIN_USERS names, which is read \
      again by itself. The password cannot be had from the line; a new line for the same name ends that user's sessions.
      """)

  @Argument(help: "What they sign in by: a–z, A–Z, 0–9, hyphen, dot, underscore and @, 64 at most.")
  var name: String
  @Option(help: "One of \(Account.roles.map(\.rawValue).joined(separator: ", ")).")
  var role: String
  @Option(help: "For a deputy, a station and a department: their id in the directory.")
  var holder: String?
  @Option(help: "What others see of them. Default: the name.")
  var title: String?
  @Flag(help: "Read the password from the standard input, one line of 12 characters or more, instead of making one.")
  var passwordStdin = false

  func validate() throws {
    guard Account.isName(name) else {
      throw ValidationError("The name is 1 to 64 of a–z, A–Z, 0–9, hyphen, dot, underscore and @.")
    }
    guard let role = Actor.Role(rawValue: role), Account.roles.contains(role) else {
      throw ValidationError("The role is one of \(Account.roles.map(\.rawValue).joined(separator: ", ")).")
    }
    if Account.isHolder(role), (holder ?? "").isEmpty {
      throw ValidationError("A \(role.rawValue) has a --holder, their id in the directory.")
    }
    if !Account.isHolder(role), holder != nil {
      throw ValidationError("A \(role.rawValue) has no --holder.")
    }
  }

  func run() throws {
    guard let role = Actor.Role(rawValue: role) else { throw ExitCode.validationFailure }
    var generator = SystemRandomNumberGenerator()
    let password = try passwordStdin ? given() : GeneratedPassword.text(using: &generator)
    let salt = (0..<PasswordHash.saltSize).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    guard let hash = PasswordHash(of: password, salt: salt) else {
      throw fail("the password can't be hashed: too little memory")
    }
    let account = Account(name: name, title: title ?? name, role: role, holder: holder)
    let line = UserFile.line(account, password: hash)
    // What would be refused later is refused now.
    if let fault = UserFile.fault(in: line) { throw fail(fault) }
    if !passwordStdin { print("password: \(password)") }
    print("line:\n\(line)")
  }

  private func given() throws -> String {
    guard let line = readLine(), line.count >= 12 else { throw fail("the password has fewer than 12 characters") }
    return line
  }
}
