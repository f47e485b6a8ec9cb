import Accounts
import Cases

/// Whether somebody could give a command at all, wherever the case stands and whoever has it. What they may do with this
/// case now only its worker decides, which knows it as it is by then.
enum CommandRights {
  static func refusal(of kind: CaseCommand.Kind, by actor: Actor) -> String? {
    // As its owner to whom it is offered, and as the station above: more than that nobody is to a case.
    let asHolder = CaseRights(owner: actor.id, offered: actor.id)
    let asStation = CaseRights(owner: "", supervisor: actor.id)
    guard let reason = asHolder.refusal(of: kind, by: actor), asStation.refusal(of: kind, by: actor) != nil else {
      return nil
    }
    return reason
  }
}
