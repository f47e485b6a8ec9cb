package import Cases
package import YAMLForms

/// All who may sign in.
package struct Users: Hashable, Sendable {
  /// As operators call the file.
  private let file: String
  private let byName: [String: User]
  /// The highest of theirs: what a sign-in under a name that nobody has costs too.
  let cost: PasswordHash.Cost

  /// - Parameter file: what faults are to call it.
  package init(_ users: [User] = [], file: String = "users") {
    self.file = file
    byName = Dictionary(users.map { ($0.account.name, $0) }, uniquingKeysWith: { first, _ in first })
    cost = users.compactMap(\.password?.cost).max { $0.work < $1.work } ?? .usual
  }

  package subscript(name: String) -> User? { byName[name] }

  package var isEmpty: Bool { byName.isEmpty }
  package var count: Int { byName.count }

  package func count(of role: Actor.Role) -> Int { byName.values.count { $0.account.role == role } }

  /// The users whose place in the directory isn't there, in the order of the file. They can sign in, and find nothing.
  package func faults(in directory: Directory) -> [FileFault] {
    byName.values.sorted { ($0.line ?? 0, $0.account.name) < ($1.line ?? 0, $1.account.name) }.compactMap { user in
      guard let holder = user.account.holder, !Self.knows(directory, user.account.role, holder) else { return nil }
      let name = user.account.name
      return FileFault(
        file: file, line: user.line, message: "\(name): the directory has no \(user.account.role.rawValue) \(holder)")
    }
  }

  private static func knows(_ directory: Directory, _ role: Actor.Role, _ id: String) -> Bool {
    switch role {
    case .deputy: directory.deputy(id) != nil
    case .station: directory.station(id) != nil
    case .department: directory.department(id) != nil
    case .citizen, .supervisor, .administrator, .system: false
    }
  }
}
