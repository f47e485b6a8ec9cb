import Accounts
import Cases
import EventLog
import HTTPTypes
import HTTPValues
import Monitoring
import Outbox
import Streams
import Time

/// Puts commands on the log.
struct CommandSender: Sendable {
  let model: ReadModel
  let knowsCategory: @Sendable (_ category: String, _ subcategory: String?) -> Bool
  let put: @Sendable ([Output], OutboxKey?) async -> KeyedResult
  let makeID: @Sendable () -> String

  private struct Accepted: Encodable {
    let id: String
    let status: String
    let citizen: String?
  }

  /// What a request asks for, read and checked; nothing of it has happened. Blocks its thread.
  func order(_ route: APIRoute, _ call: APICall) throws -> CommandOrder {
    _ = try call.query()
    switch route {
    case .commands(let id):
      try checkVisible(id, call)
      let command = try CommandForm(body: call.request.body, by: call.visitor.account).command
      try check(command, id, call)
      return CommandOrder(id: id, command: command, name: try name(call))
    case .disclose(let id):
      try checkVisible(id, call)
      let command = try CommandForm(disclosure: call.request.body, by: call.visitor.account).command
      try check(command, id, call)
      return CommandOrder(id: id, command: command, name: try name(call))
    default: throw APIProblem.notFound
    }
  }

  func send(_ order: CommandOrder, at now: Instant) async -> Response {
    let event = CloudEvent(
      id: order.name.text, source: Sources.desk, type: order.command.type, subject: order.id.text,
      time: GivenTime(now), data: order.command.data)
    switch await put([Output(to: Topics.commands, event.record(key: order.id.key))], order.name.key) {
    case .durable, .repeated: return accepted(order)
    case .conflicting:
      return APIProblem(
        status: .unprocessableContent,
        detail: "This Idempotency-Key came with another command before: a new command needs a new key.",
        field: "Idempotency-Key"
      ).response
    case .tooLarge: return APIProblem(status: .contentTooLarge, detail: "The command is too long.").response
    case .unavailable:
      let detail =
        "The command could not be stored just now. Send it again later; with the same Idempotency-Key it stays one."
      return APIProblem(status: .serviceUnavailable, detail: detail).response.with(.retryAfter, "5")
    }
  }

  private func accepted(_ order: CommandOrder) -> Response {
    let base = "/api/v1/cases/\(order.id)"
    let status = "\(base)/commands/\(order.name.text)"
    let citizen = order.command.kind == .disclose ? "\(base)/citizen?look=\(order.name.text)" : nil
    return Response.json(Accepted(id: order.name.text, status: status, citizen: citizen), status: .accepted)
      .with(.location, status)
  }

  // MARK: Checks

  private func checkVisible(_ id: CaseID, _ call: APICall) throws {
    guard try model.isVisible(id, to: call.scope) else { throw APIProblem.notFound }
  }

  /// What can be told before the command is sent.
  private func check(_ command: CaseCommand, _ id: CaseID, _ call: APICall) throws {
    if let reason = CommandRights.refusal(of: command.kind, by: call.visitor.account.actor) {
      throw APIProblem.forbidden("Not \(command.kind.rawValue): \(reason).")
    }
    switch command {
    case .transfer(let transfer): try checkOwners([transfer.to], "to")
    case .escalate(let escalate): try checkOwners(escalate.to.map { [$0] } ?? [], "to")
    case .coHandle(let coHandle): try checkOwners(coHandle.with, "with")
    case .merge(let merge):
      guard merge.into != id, try model.isVisible(merge.into, to: call.scope) else {
        throw APIProblem.malformed("into", "into is no other case of yours.")
      }
    case .correctCategory(let correction):
      guard knowsCategory(correction.category, nil) else {
        throw APIProblem.malformed("category", "category is none of the first level.")
      }
      guard knowsCategory(correction.category, correction.subcategory) else {
        throw APIProblem.malformed("subcategory", "subcategory is none of that category.")
      }
    default: break
    }
  }

  private func checkOwners(_ ids: [String], _ field: String) throws {
    guard !ids.isEmpty else { return }
    let known = Set(try model.ownersInCharge().map(\.id))
    guard ids.allSatisfy(known.contains) else {
      throw APIProblem.malformed(field, "\(field) is no station, department or deputy of the directory.")
    }
  }

  private func name(_ call: APICall) throws(APIProblem) -> CommandName {
    guard let given = HTTPField.Name("Idempotency-Key").flatMap({ call.request[$0] }) else {
      return CommandName(new: makeID())
    }
    let owner = (call.visitor.isClient ? "key/" : "account/") + call.visitor.account.name
    return try CommandName(given: given, owner: owner, target: call.request.path, body: call.request.body)
  }
}
