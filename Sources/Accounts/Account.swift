package import Cases

/// Someone who may sign in: a person or an office.
package struct Account: Hashable, Sendable {
  /// What they sign in by. Not secret: it stands in logs.
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
}
