/// In which capacity someone gives a command, where whoever passed it on knows: a desk at which people sign in.
///
/// A command without one is a trusted gateway's word; a policy can refuse such (``ReplyPolicy/requiresActor``).
package struct Actor: Hashable, Sendable, Codable {
  package enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case citizen, deputy, station, department
    /// 督办机关: watches over all cases of the county.
    case supervisor
    case administrator
    /// The pipeline itself.
    case system
  }

  package var role: Role
  /// That of the directory for a deputy, a station or a department.
  package var id: String

  package init(role: Role, id: String) {
    self.role = role
    self.id = id
  }
}
