extension CaseCommand {
  package var kind: Kind { parts.kind }
  package var data: [UInt8] { parts.encode() }

  /// Who gives it, in words that may be shown; `nil` for what the pipeline says itself.
  package var by: String? { parts.by }
  package var actor: Actor? { parts.actor }

  /// - Throws: ``Malformed`` for a type that is not a command, or data that is not of its form.
  package init(type: String, data: [UInt8]?) throws(Malformed) {
    guard let kind = Kind(type: type) else { throw Malformed("unknown type of command") }
    func read<Data: Decodable>(_ type: Data.Type = Data.self) throws(Malformed) -> Data {
      try JSONData.decode(type, from: data)
    }
    switch kind {
    case .open: self = .open(try read())
    case .assign: self = .assign(try read())
    case .sign: self = .sign(try read())
    case .reply: self = .reply(try read())
    case .refuse: self = .refuse(try read())
    case .transfer: self = .transfer(try read())
    case .return: self = .return(try read())
    case .coHandle: self = .coHandle(try read())
    case .escalate: self = .escalate(try read())
    case .raise: self = .raise(try read())
    case .supervise: self = .supervise(try read())
    case .grantSupervision: self = .grantSupervision(try read())
    case .requestExtension: self = .requestExtension(try read())
    case .extend: self = .extend(try read())
    case .denyExtension: self = .denyExtension(try read())
    case .pause: self = .pause(try read())
    case .resume: self = .resume(try read())
    case .merge: self = .merge(try read())
    case .unmerge: self = .unmerge(try read())
    case .recordMerged: self = .recordMerged(try read())
    case .recordUnmerged: self = .recordUnmerged(try read())
    case .recordSimilar: self = .recordSimilar(try read())
    case .recordDelivery: self = .recordDelivery(try read())
    case .rate: self = .rate(try read())
    case .reopen: self = .reopen(try read())
    case .review: self = .review(try read())
    case .close: self = .close(try read())
    case .correctCategory: self = .correctCategory(try read())
    case .erase: self = .erase(try read())
    case .disclose: self = .disclose(try read())
    }
    try check()
  }

  /// What the form alone doesn't say.
  private func check() throws(Malformed) {
    func require(_ field: String, _ text: String?) throws(Malformed) {
      guard text?.contains(where: { !$0.isWhitespace }) == true else { throw Malformed("data.\(field) is empty") }
    }
    switch self {
    case .open, .grantSupervision, .recordMerged, .recordUnmerged, .recordDelivery, .rate: return
    case .assign(let assign): return try require("assignment.owner.id", assign.assignment.owner.id)
    case .recordSimilar(let similar):
      guard (0...1).contains(similar.score) else { throw Malformed("data.score is not 0 to 1") }
      return
    case .reply(let reply): try require("text", reply.text)
    case .refuse(let refuse): try require("reason", refuse.reason)
    case .transfer(let transfer):
      try require("reason", transfer.reason)
      try require("to", transfer.to)
    case .return(let order), .pause(let order), .disclose(let order): try require("reason", order.reason)
    case .coHandle(let coHandle):
      guard !coHandle.with.isEmpty else { throw Malformed("data.with is empty") }
      for id in coHandle.with { try require("with", id) }
    case .escalate(let escalate): try require("reason", escalate.reason)
    case .supervise(let supervise): try require("leader", supervise.leader)
    case .requestExtension(let request):
      try require("reason", request.reason)
      guard request.workingDays > 0 else { throw Malformed("data.workingDays is not 1 or more") }
    case .extend(let extend):
      guard extend.workingDays ?? 1 > 0 else { throw Malformed("data.workingDays is not 1 or more") }
    case .correctCategory(let correction): try require("category", correction.category)
    case .sign, .raise, .denyExtension, .resume, .merge, .unmerge, .reopen, .review, .close, .erase: break
    }
    try require("by", by)
  }

  private struct Parts {
    let kind: Kind
    let by: String?
    let actor: Actor?
    let encode: () -> [UInt8]

    init(_ kind: Kind, _ data: some Encodable, by: String? = nil, actor: Actor? = nil) {
      self.kind = kind
      self.by = by
      self.actor = actor
      encode = { JSONData.encode(data) }
    }

    init(_ kind: Kind, _ order: Order) {
      self.init(kind, order, by: order.by, actor: order.actor)
    }
  }

  /// The one place that takes all of them apart.
  private var parts: Parts {
    switch self {
    case .open(let data): Parts(.open, data)
    case .assign(let data): Parts(.assign, data, by: data.by, actor: data.actor)
    case .sign(let data): Parts(.sign, data)
    case .reply(let data): Parts(.reply, data, by: data.by, actor: data.actor)
    case .refuse(let data): Parts(.refuse, data, by: data.by, actor: data.actor)
    case .transfer(let data): Parts(.transfer, data, by: data.by, actor: data.actor)
    case .return(let data): Parts(.return, data)
    case .coHandle(let data): Parts(.coHandle, data, by: data.by, actor: data.actor)
    case .escalate(let data): Parts(.escalate, data, by: data.by, actor: data.actor)
    case .raise(let data): Parts(.raise, data)
    case .supervise(let data): Parts(.supervise, data, by: data.by, actor: data.actor)
    case .grantSupervision(let data): Parts(.grantSupervision, data)
    case .requestExtension(let data): Parts(.requestExtension, data, by: data.by, actor: data.actor)
    case .extend(let data): Parts(.extend, data, by: data.by, actor: data.actor)
    case .denyExtension(let data): Parts(.denyExtension, data)
    case .pause(let data): Parts(.pause, data)
    case .resume(let data): Parts(.resume, data)
    case .merge(let data): Parts(.merge, data, by: data.by, actor: data.actor)
    case .unmerge(let data): Parts(.unmerge, data, by: data.by, actor: data.actor)
    case .recordMerged(let data): Parts(.recordMerged, data)
    case .recordUnmerged(let data): Parts(.recordUnmerged, data)
    case .recordSimilar(let data): Parts(.recordSimilar, data)
    case .recordDelivery(let data): Parts(.recordDelivery, data)
    case .rate(let data): Parts(.rate, data)
    case .reopen(let data): Parts(.reopen, data)
    case .review(let data): Parts(.review, data, by: data.by, actor: data.actor)
    case .close(let data): Parts(.close, data)
    case .correctCategory(let data): Parts(.correctCategory, data, by: data.by, actor: data.actor)
    case .erase(let data): Parts(.erase, data)
    case .disclose(let data): Parts(.disclose, data)
    }
  }
}
