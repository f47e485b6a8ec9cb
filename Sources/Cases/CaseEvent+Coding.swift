extension CaseEvent {
  /// The word within `cn.huiyin.case.NAME.v1`.
  package var name: String {
    switch self {
    case .opened: "opened"
    case .classified: "classified"
    case .assigned: "assigned"
    case .reminded: "reminded"
    case .overdue: "overdue"
    case .overdueWithdrawn: "overdue-withdrawn"
    case .deadlineChanged: "deadline-changed"
    case .replied: "replied"
    case .delivered: "delivered"
    case .undelivered: "undelivered"
    case .supplemented: "supplemented"
    case .similarFound: "similar-found"
    case .rated: "rated"
    case .refusedCommand: "refused-command"
    case .closed: "closed"
    }
  }

  package var type: String { "cn.huiyin.case.\(name).v1" }

  /// The word of a type of the form `cn.huiyin.case.NAME.v1`; `nil` for another.
  package static func name(of type: String) -> String? {
    guard type.hasPrefix("cn.huiyin.case."), type.hasSuffix(".v1") else { return nil }
    let name = type.dropFirst("cn.huiyin.case.".count).dropLast(".v1".count)
    return name.isEmpty ? nil : String(name)
  }

  /// - Throws: ``Malformed`` for a type that is not an event of a case, or data that is not of its form.
  package init(type: String, data: [UInt8]?) throws(Malformed) {
    switch Self.name(of: type) {
    case "opened": self = .opened(try JSONData.decode(Opened.self, from: data))
    case "classified": self = .classified(try JSONData.decode(Classification.self, from: data))
    case "assigned": self = .assigned(try JSONData.decode(Assignment.self, from: data))
    case "reminded": self = .reminded(try JSONData.decode(DeadlineEvent.self, from: data))
    case "overdue": self = .overdue(try JSONData.decode(DeadlineEvent.self, from: data))
    case "overdue-withdrawn": self = .overdueWithdrawn(try JSONData.decode(OverdueWithdrawn.self, from: data))
    case "deadline-changed": self = .deadlineChanged(try JSONData.decode(DeadlineChanged.self, from: data))
    case "replied": self = .replied(try JSONData.decode(Replied.self, from: data))
    case "delivered": self = .delivered(try JSONData.decode(Delivery.self, from: data))
    case "undelivered": self = .undelivered(try JSONData.decode(Delivery.self, from: data))
    case "supplemented": self = .supplemented(try JSONData.decode(Submission.self, from: data))
    case "similar-found": self = .similarFound(try JSONData.decode(SimilarFound.self, from: data))
    case "rated": self = .rated(try JSONData.decode(Rated.self, from: data))
    case "refused-command": self = .refusedCommand(try JSONData.decode(RefusedCommand.self, from: data))
    case "closed": self = .closed(try JSONData.decode(Closed.self, from: data))
    default: throw Malformed("unknown type of event")
    }
  }

  package var data: [UInt8] {
    switch self {
    case .opened(let data): JSONData.encode(data)
    case .classified(let data): JSONData.encode(data)
    case .assigned(let data): JSONData.encode(data)
    case .reminded(let data), .overdue(let data): JSONData.encode(data)
    case .overdueWithdrawn(let data): JSONData.encode(data)
    case .deadlineChanged(let data): JSONData.encode(data)
    case .replied(let data): JSONData.encode(data)
    case .delivered(let data), .undelivered(let data): JSONData.encode(data)
    case .supplemented(let data): JSONData.encode(data)
    case .similarFound(let data): JSONData.encode(data)
    case .rated(let data): JSONData.encode(data)
    case .refusedCommand(let data): JSONData.encode(data)
    case .closed(let data): JSONData.encode(data)
    }
  }
}
