import Accounts
import ArgumentParser
import Cases
import Routing
import YAMLForms

struct UsersCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says who may sign in, and all that is wrong with a file of users.",
    discussion: """
      Every error with its file and line. With an error no monitor takes the file. A holder that the directory doesn't \
      have is an error here, and a warning in the log of a monitor. Ends with status 1 if there is an error.
      """)

  @Argument(help: "The file of users, of YAML.") var file: String
  @Option(help: "A file of the directory that the holders must stand in; may be given several times. Default: none.")
  var directory: [String] = []
  @OptionGroup var today: DayOption

  func run() throws {
    let users: Users
    do throws(InvalidFile) {
      users = try UserFile.read(file)
    } catch {
      for fault in error.faults { print("error: \(fault)") }
      throw fail("\(error.faults.count) errors")
    }
    for role in Account.roles { print("\(role.rawValue): \(users.count(of: role))") }
    let faults = try given().map { users.faults(in: $0) } ?? []
    for fault in faults { print("error: \(fault)") }
    if !faults.isEmpty { throw fail("\(faults.count) errors") }
  }

  private func given() throws -> Directory? {
    guard !directory.isEmpty else { return nil }
    let texts: [(file: String, yaml: String)]
    do throws(InvalidDirectory) {
      texts = try DirectoryFile.texts(of: directory)
    } catch {
      throw fail(error.description)
    }
    guard let whole = DirectoryFile.check(texts, profile: nil, today: today.day).directory else {
      throw fail("the directory has errors: see huiyin directory check")
    }
    return whole
  }
}
