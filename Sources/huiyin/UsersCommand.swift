import ArgumentParser

struct UsersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users", abstract: "Makes and checks the users who sign in to the board and the desk.",
    subcommands: [UsersNewCommand.self, UsersCheckCommand.self])
}
