extension CaseEvent {
  package var name: String { kind.rawValue }
  package var type: String { "cn.huiyin.case.\(name).v1" }

  /// The word of a type of the form `cn.huiyin.case.NAME.v1`; `nil` for another.
  package static func name(of type: String) -> String? {
    guard type.hasPrefix("cn.huiyin.case."), type.hasSuffix(".v1") else { return nil }
    let name = type.dropFirst("cn.huiyin.case.".count).dropLast(".v1".count)
    return name.isEmpty ? nil : String(name)
  }

  /// - Throws: ``Malformed`` for a type that is not an event of a case, or data that is not of its form.
  package init(type: String, data: [UInt8]?) throws(Malformed) {
    guard let kind = Self.name(of: type).flatMap({ Name(rawValue: $0) }) else {
      throw Malformed("unknown type of event")
    }
    func read<Data: Decodable>(_ type: Data.Type = Data.self) throws(Malformed) -> Data {
      try JSONData.decode(type, from: data)
    }
    switch kind {
    case .opened: self = .opened(try read())
    case .classified: self = .classified(try read())
    case .assigned: self = .assigned(try read())
    case .signed: self = .signed(try read())
    case .signOverdue: self = .signOverdue(try read())
    case .returned: self = .returned(try read())
    case .transferred: self = .transferred(try read())
    case .coHandled: self = .coHandled(try read())
    case .escalated: self = .escalated(try read())
    case .raised: self = .raised(try read())
    case .reminded: self = .reminded(try read())
    case .overdue: self = .overdue(try read())
    case .overdueWithdrawn: self = .overdueWithdrawn(try read())
    case .supervised: self = .supervised(try read())
    case .supervisionRequested: self = .supervisionRequested(try read())
    case .supervisionDenied: self = .supervisionDenied(try read())
    case .reported: self = .reported(try read())
    case .deadlineChanged: self = .deadlineChanged(try read())
    case .extensionRequested: self = .extensionRequested(try read())
    case .extended: self = .extended(try read())
    case .extensionDenied: self = .extensionDenied(try read())
    case .paused: self = .paused(try read())
    case .resumed: self = .resumed(try read())
    case .replied: self = .replied(try read())
    case .refused: self = .refused(try read())
    case .delivered: self = .delivered(try read())
    case .undelivered: self = .undelivered(try read())
    case .rated: self = .rated(try read())
    case .reopened: self = .reopened(try read())
    case .merged: self = .merged(try read())
    case .unmerged: self = .unmerged(try read())
    case .joined: self = .joined(try read())
    case .parted: self = .parted(try read())
    case .mergeDeclined: self = .mergeDeclined(try read())
    case .supplemented: self = .supplemented(try read())
    case .similarFound: self = .similarFound(try read())
    case .closed: self = .closed(try read())
    case .reviewDue: self = .reviewDue(try read())
    case .reviewed: self = .reviewed(try read())
    case .erased: self = .erased(try read())
    case .disclosed: self = .disclosed(try read())
    case .refusedCommand: self = .refusedCommand(try read())
    }
  }

  package var kind: Name { parts.kind }
  package var data: [UInt8] { JSONData.encode(parts.data) }
  /// What ``data`` is the JSON form of.
  package var content: any Encodable { parts.data }

  /// The one place that takes all of them apart.
  private var parts: (kind: Name, data: any Encodable) {
    switch self {
    case .opened(let data): (.opened, data)
    case .classified(let data): (.classified, data)
    case .assigned(let data): (.assigned, data)
    case .signed(let data): (.signed, data)
    case .signOverdue(let data): (.signOverdue, data)
    case .returned(let data): (.returned, data)
    case .transferred(let data): (.transferred, data)
    case .coHandled(let data): (.coHandled, data)
    case .escalated(let data): (.escalated, data)
    case .raised(let data): (.raised, data)
    case .reminded(let data): (.reminded, data)
    case .overdue(let data): (.overdue, data)
    case .overdueWithdrawn(let data): (.overdueWithdrawn, data)
    case .supervised(let data): (.supervised, data)
    case .supervisionRequested(let data): (.supervisionRequested, data)
    case .supervisionDenied(let data): (.supervisionDenied, data)
    case .reported(let data): (.reported, data)
    case .deadlineChanged(let data): (.deadlineChanged, data)
    case .extensionRequested(let data): (.extensionRequested, data)
    case .extended(let data): (.extended, data)
    case .extensionDenied(let data): (.extensionDenied, data)
    case .paused(let data): (.paused, data)
    case .resumed(let data): (.resumed, data)
    case .replied(let data): (.replied, data)
    case .refused(let data): (.refused, data)
    case .delivered(let data): (.delivered, data)
    case .undelivered(let data): (.undelivered, data)
    case .rated(let data): (.rated, data)
    case .reopened(let data): (.reopened, data)
    case .merged(let data): (.merged, data)
    case .unmerged(let data): (.unmerged, data)
    case .joined(let data): (.joined, data)
    case .parted(let data): (.parted, data)
    case .mergeDeclined(let data): (.mergeDeclined, data)
    case .supplemented(let data): (.supplemented, data)
    case .similarFound(let data): (.similarFound, data)
    case .closed(let data): (.closed, data)
    case .reviewDue(let data): (.reviewDue, data)
    case .reviewed(let data): (.reviewed, data)
    case .erased(let data): (.erased, data)
    case .disclosed(let data): (.disclosed, data)
    case .refusedCommand(let data): (.refusedCommand, data)
    }
  }
}
