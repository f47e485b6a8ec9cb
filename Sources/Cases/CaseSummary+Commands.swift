extension CaseSummary {
  /// What this actor may do with the case as it stands: of all that people who sign in can ask for, just what is refused
  /// neither for the case's stage (``CaseLife``) nor for who asks (``CaseRights``). It may be refused for something else.
  ///
  /// In the order of ``CaseCommand/Kind``; nothing as long as nobody answers for the case.
  package func possibleCommands(for actor: Actor) -> [CaseCommand.Kind] {
    guard let rights else { return [] }
    return CaseCommand.Kind.allCases.filter { kind in
      guard CaseRights.needsActor(kind), case .leads = CaseLife.outcome(of: kind, in: stage) else { return false }
      return rights.refusal(of: kind, by: actor) == nil
    }
  }

  /// Who may do what; `nil` as long as nobody answers for it.
  package var rights: CaseRights? {
    owner.map { CaseRights(owner: $0.id, offered: offered?.id, supervisor: supervisor?.id) }
  }
}
