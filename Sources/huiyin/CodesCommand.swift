import ArgumentParser
import Cases
import Codes
import Foundation
import Time

struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes", abstract: "Makes, lists, revokes and prints the codes of deputies, stations and activities.",
    subcommands: [CodesCreate.self, List.self, Revoke.self, Render.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists all codes, with how each stands now.")

    @OptionGroup var log: LogOption
    @Flag(help: "A line of JSON for each, with its token and, where HUIYIN_PUBLIC_URL is given, its address.")
    var json = false

    func run() throws {
      let office = try CodeOffice(log)
      for code in try office.read().sorted {
        let standing = code.standing(at: office.now)
        if json {
          let line = CodeLine(code, standing: standing, token: office.token(of: code), base: office.base)
          printLine(JSONData.encode(line))
          continue
        }
        let times = [code.from.map { "from \($0.text)" }, code.until.map { "until \($0.text)" }]
        let revoked = code.revoked.map { "revoked \($0.at.text): \($0.reason)" }
        let rest = [code.activity, code.place, code.category] + times + [revoked]
        let what = ([code.kind.rawValue, code.holder] + rest.compactMap(\.self)).joined(separator: " · ")
        print("\(code.id)  \(standing.rawValue)  \(what)")
      }
    }
  }

  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes codes invalid for good.",
      discussion: "Whoever scans one is told so; what they then say goes to the county's station.")

    @OptionGroup var log: LogOption
    @Argument(help: "Codes: the id on the board, the token, or the address that was scanned.") var codes: [String]
    @Option(help: "Why, such as 遗失 or 换届.") var reason: String

    func run() throws {
      let office = try CodeOffice(log)
      try office.write { book in
        var revoked: [Code] = []
        for var code in try codes.map({ try office.find($0, in: book) }) {
          if let revocation = code.revoked {
            print("\(code.id): was revoked already \(revocation.at.text): \(revocation.reason)")
          } else if !revoked.contains(where: { $0.id == code.id }) {
            code.revoked = Code.Revocation(at: GivenTime(office.now), reason: reason)
            revoked.append(code)
          }
        }
        return revoked
      }.forEach { print("\($0.id): revoked") }
    }
  }

  struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes codes as pictures, or as boards to print.")

    @OptionGroup var log: LogOption
    @Argument(help: "Codes: the id, the token, or the address.") var codes: [String] = []
    @Flag(help: "All that are neither revoked nor expired.") var all = false
    @Option(help: "The folder to write to.") var output: String
    @OptionGroup var pictures: PictureOption

    func validate() throws {
      if codes.isEmpty != all { throw ValidationError("name codes, or --all") }
    }

    func run() throws {
      let office = try CodeOffice(log)
      let folder = try PictureFolder(output, pictures, office)
      let book = try office.read()
      let chosen = all ? book.sorted.filter(isUsable) : try codes.map { try office.find($0, in: book) }
      for code in chosen where !isUsable(code) {
        throw fail("\(code.id) is \(code.standing(at: office.now).rawValue): nothing was written")
      }
      func isUsable(_ code: Code) -> Bool {
        ![.revoked, .expired].contains(code.standing(at: office.now))
      }
      try folder.write(chosen)
    }
  }
}

/// A line that `huiyin codes list --json` writes: the code beside what it is now.
struct CodeLine: Encodable {
  private let code: Code
  private let standing: Scan.Standing
  private let token: String
  private let address: String?

  init(_ code: Code, standing: Scan.Standing, token: CodeToken, base: String?) {
    self.code = code
    self.standing = standing
    self.token = token.text
    address = base.map { token.address(under: $0) }
  }

  private enum Key: CodingKey { case standing, token, address }

  func encode(to encoder: any Encoder) throws {
    try code.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(standing, forKey: .standing)
    try container.encode(token, forKey: .token)
    try container.encodeIfPresent(address, forKey: .address)
  }
}
