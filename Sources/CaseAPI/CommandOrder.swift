import Cases

/// A command that can be sent.
struct CommandOrder: Sendable {
  let id: CaseID
  let command: CaseCommand
  let name: CommandName
}
