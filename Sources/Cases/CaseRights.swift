/// Who may give which command. An actor is someone whom a desk has let in; what a record says without one is a trusted
/// gateway's word, unless the policy asks for an actor.
package struct CaseRights: Sendable {
  /// Ids of who answers for the case, of whom it is offered to, and of the station that watches over them.
  package var owner: String
  package var offered: String?
  package var supervisor: String?

  package init(owner: String, offered: String? = nil, supervisor: String? = nil) {
    self.owner = owner
    self.offered = offered
    self.supervisor = supervisor
  }

  /// Who is asked for, apart from administrators, who may do all, and the pipeline, which does what follows.
  private enum Need {
    /// The pipeline, and the carriers of its messages: nobody who has signed in.
    case pipeline
    /// The citizen alone: nobody praises themselves.
    case citizen
    /// The one it is offered to.
    case offered
    /// The owner or the one it is offered to.
    case holder
    /// The holder, the station that watches over it, or a supervisor.
    case holderOrAbove
    /// The station that watches over it, or a supervisor; nobody decides on their own request.
    case above
    /// Those, or a station that has it: a department can't turn citizens away.
    case stationOrAbove
    /// The citizen, or those above.
    case citizenOrAbove
    /// A supervisor.
    case supervisor
  }

  private static func need(_ command: CaseCommand.Kind) -> Need {
    switch command {
    case .open, .recordSimilar, .recordDelivery, .recordMerged, .recordUnmerged, .grantSupervision: .pipeline
    case .rate: .citizen
    case .sign: .offered
    case .reply, .return, .transfer, .requestExtension, .coHandle: .holder
    case .escalate, .pause, .resume, .merge, .unmerge, .correctCategory, .disclose: .holderOrAbove
    case .assign, .extend, .denyExtension, .review, .close: .above
    case .refuse, .raise: .stationOrAbove
    case .reopen, .erase: .citizenOrAbove
    case .supervise: .supervisor
    }
  }

  /// Whether somebody must have signed in to give it where the policy asks for an actor.
  package static func needsActor(_ command: CaseCommand.Kind) -> Bool {
    let need = need(command)
    return need != .pipeline && need != .citizen
  }

  /// Why this actor may not give that command, in words; `nil` if they may.
  package func refusal(of command: CaseCommand.Kind, by actor: Actor) -> String? {
    if actor.role == .administrator || actor.role == .system { return nil }
    let need = Self.need(command)
    return isMet(need, by: actor) ? nil : "\(Self.words(need)), and this is \(article(actor.role))"
  }

  private func isMet(_ need: Need, by actor: Actor) -> Bool {
    let isOffice = [.deputy, .station, .department].contains(actor.role)
    let isOffered = isOffice && actor.id == offered
    let isHolder = isOffered || isOffice && actor.id == owner
    let watches = actor.role == .station && actor.id == supervisor && !isHolder
    let isAbove = actor.role == .supervisor || watches
    return switch need {
    case .pipeline: false
    case .citizen: actor.role == .citizen
    case .offered: isOffered
    case .holder: isHolder
    case .holderOrAbove: isHolder || isAbove
    case .above: isAbove
    case .stationOrAbove: isAbove || isHolder && actor.role == .station
    case .citizenOrAbove: isAbove || actor.role == .citizen
    case .supervisor: actor.role == .supervisor
    }
  }

  private static func words(_ need: Need) -> String {
    switch need {
    case .pipeline: "only the pipeline itself may"
    case .citizen: "only the citizen may"
    case .offered: "only the one it is offered to may"
    case .holder: "only its owner may"
    case .holderOrAbove: "only its owner, the station above or a supervisor may"
    case .above: "only the station above or a supervisor may"
    case .stationOrAbove: "only a station that has it, the station above or a supervisor may"
    case .citizenOrAbove: "only the citizen, the station above or a supervisor may"
    case .supervisor: "only a supervisor may"
    }
  }

  private func article(_ role: Actor.Role) -> String {
    role == .administrator ? "an administrator" : "a \(role.rawValue)"
  }
}
