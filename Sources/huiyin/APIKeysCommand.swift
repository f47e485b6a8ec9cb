import APIKeys
import ArgumentParser

struct APIKeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api-keys", abstract: "Makes keys for clients of the open API.", subcommands: [New.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a new key, once, and the line that lets its holder in.",
      discussion: """
        The key goes to the client. The line goes under `keys:` in the file that HUIYIN_API_KEYS names; change what it \
        allows there. The key cannot be had from the line.
        """)

    @Argument(help: "Who the client is: a–z, 0–9 and hyphen, 64 at most.")
    var name: String

    func validate() throws {
      guard APIKey.isName(name) else { throw ValidationError("The name is 1 to 64 of a–z, 0–9 and hyphen.") }
    }

    func run() {
      var generator = SystemRandomNumberGenerator()
      let key = APIKey.text(using: &generator)
      print("key: \(key)")
      print("line:\n\(APIKey.line(name: name, text: key))")
    }
  }
}
