import Cases
import Time

/// The arguments of `GET requests`.
enum RequestQuery: Equatable {
  case ids([CaseID])
  case search(CaseFilter)

  /// What is wrong with them, in the protocol's words.
  struct Fault: Error, Equatable {
    let isUnknownService: Bool
    let description: String

    init(_ description: String, isUnknownService: Bool = false) {
      self.description = description
      self.isUnknownService = isUnknownService
    }
  }

  /// The protocol's bounds: a span of 90 days, and the first 1,000.
  static let span = Duration.seconds(90 * 24 * 3600)
  static let limit = 1000
  private static let lastPage = 10_000

  /// `service_request_id` overrides all else. Without dates the last 90 days are meant; one date alone is an end of 90 days.
  init(_ arguments: [String: String], catalogue: ServiceCatalogue, at now: Instant) throws(Fault) {
    if let list = arguments["service_request_id"], !list.isEmpty {
      let ids = list.split(separator: ",")
      guard ids.count <= Self.limit else { throw Fault("service_request_id lists more than \(Self.limit) requests.") }
      // One that can't be an id is one that there isn't.
      self = .ids(ids.compactMap { CaseID(String($0)) })
      return
    }
    let size = try Self.number("page_size", in: arguments, upTo: Self.limit) ?? Self.limit
    let page = try Self.number("page", in: arguments, upTo: Self.lastPage) ?? 1
    self = .search(
      CaseFilter(
        received: try Self.receipt(arguments, at: now), phases: try Self.phases(arguments["status"]),
        subjects: try Self.subjects(arguments["service_code"], catalogue), offset: (page - 1) * size, limit: size))
  }

  private static func receipt(_ arguments: [String: String], at now: Instant) throws(Fault) -> ClosedRange<Instant> {
    let start = try date("start_date", in: arguments)
    let end = try date("end_date", in: arguments)
    switch (start, end) {
    case (nil, nil): return (now - span)...now
    case (let start?, nil): return start...(start + span)
    case (nil, let end?): return (end - span)...end
    case (let start?, let end?):
      guard start <= end else { throw Fault("start_date is after end_date.") }
      guard end - start <= span else { throw Fault("start_date and end_date span more than 90 days.") }
      return start...end
    }
  }

  /// A time of RFC 3339, or a day, which is one in China and stands for its beginning.
  private static func date(_ name: String, in arguments: [String: String]) throws(Fault) -> Instant? {
    guard let text = arguments[name], !text.isEmpty else { return nil }
    // A plus sign that was not encoded arrives as a space.
    if let time = Instant(rfc3339: text.replacing(#/ (\d\d:\d\d)$/#) { "+" + $0.1 }) { return time }
    if let day = CalendarDate(text) { return TimeOffset.shanghai.instant(of: day, at: .zero) }
    throw Fault("\(name) is not a time such as 2026-01-01T00:00:00Z.")
  }

  /// A case that has been answered is open until the citizen has been told.
  private static func phases(_ list: String?) throws(Fault) -> Set<CaseSummary.Phase>? {
    guard let list, !list.isEmpty else { return nil }
    var phases: Set<CaseSummary.Phase> = []
    for status in list.split(separator: ",") {
      switch status {
      case "open": phases.formUnion([.open, .replied])
      case "closed": phases.insert(.closed)
      default: throw Fault("status is open, closed or both with a comma between them.")
      }
    }
    return phases
  }

  private static func subjects(
    _ list: String?, _ catalogue: ServiceCatalogue
  ) throws(Fault) -> [CaseFilter.Subject]? {
    guard let list, !list.isEmpty else { return nil }
    var subjects: [CaseFilter.Subject] = []
    for code in list.split(separator: ",") {
      guard let service = catalogue.service(String(code)) else {
        throw Fault("There is no service with this service_code.", isUnknownService: true)
      }
      subjects.append(CaseFilter.Subject(category: service.category, subcategory: service.subcategory))
    }
    return subjects
  }

  private static func number(
    _ name: String, in arguments: [String: String], upTo last: Int
  ) throws(Fault) -> Int? {
    guard let text = arguments[name], !text.isEmpty else { return nil }
    guard let number = Int(text), (1...last).contains(number) else {
      throw Fault("\(name) is not a whole number from 1 to \(last).")
    }
    return number
  }
}
