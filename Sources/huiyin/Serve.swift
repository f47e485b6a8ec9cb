import ArgumentParser
import Assembly
import Foundation

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs the whole pipeline in one process: intake, all workers and the board.")

  func run() async throws {
    await Program("huiyin serve", roles: Role.allCases, ownsFolder: true).main()
  }
}
