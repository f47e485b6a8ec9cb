import Accounts
import Cases
import HTTPTypes
import HTTPValues
import Streams

/// Tries dead letters again, or lets them go, for administrators.
struct LetterSettling: Sendable {
  private struct Settled: Encodable {
    let id: String
    let outcome: String
  }

  let office: DeadLetterOffice

  /// Blocks its thread.
  func settle(_ id: String, by verb: DeadLetterOffice.Verb, _ call: APICall) throws -> Response {
    guard call.visitor.account.role == .administrator else {
      throw APIProblem.forbidden("Only administrators decide on dead letters.")
    }
    _ = try call.query()
    guard let letter = try office.letter(id) else { throw APIProblem.notFound }
    var outcome = DeadLetterOffice.Outcome.refused
    try office.settle([letter], by: verb) { outcome = $1 }
    switch outcome {
    case .settled: return .json(Settled(id: id, outcome: "settled"), status: .accepted)
    case .handedOn: return .json(Settled(id: id, outcome: "handed-on"), status: .accepted)
    case .settledBefore: throw APIProblem(status: .conflict, detail: "It has been retried or dropped before.")
    case .refused: throw APIProblem(status: .conflict, detail: "It can only be dropped.")
    }
  }
}
