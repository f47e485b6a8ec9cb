package import Cases

/// Someone who may sign in: a person or an office.
package struct Account: Hashable, Sendable {
  /// The roles that an account can have.
  package static let roles: [Actor.Role] = [.deputy, .station, .department, .supervisor, .administrator]

  /// What they sign in by; see ``isName(_:)``. Not secret: it stands in logs.
  package let name: String
  /// What others see of them, and what stands as `by` in the commands that they give.
  package let title: String
  package let role: Actor.Role
  /// Their id in the directory; deputies, stations and departments have one, nobody else.
  package let holder: String?

  package init(name: String, title: String, role: Actor.Role, holder: String? = nil) {
    self.name = name
    self.title = title
    self.role = role
    self.holder = holder
  }

  package var actor: Actor { Actor(role: role, id: holder ?? name) }

  /// Watches over all cases of the county.
  package var seesAll: Bool { role == .supervisor || role == .administrator }

  /// Whether that role answers for cases, and so needs a place in the directory.
  package static func isHolder(_ role: Actor.Role) -> Bool {
    role == .deputy || role == .station || role == .department
  }

  /// 1 to 64 of a–z, A–Z, 0–9, hyphen, dot, underscore and @: as organisations name their people, and without what
  /// separates the parts of a cookie.
  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "@"):
          true
        default: false
        }
      }
  }
}
