package import Accounts
package import Attachments
package import Cases
import EventLog
import HTTPTypes
package import HTTPValues
package import Logging
package import Metrics
package import Monitoring
import Offloading
package import Outbox
package import Time
import WebPages

/// The desk of those who answer: `/desk` lists what is theirs, `/desk/cases/{id}` shows a case and what they can do with
/// it, and `POST /desk/cases/{id}/{form}` sends a command to the log. What comes of it is read from the log again; nothing
/// here writes to the read model.
///
/// Whoever asks for a case that isn't theirs learns nothing, not even whether there is such a case.
package struct DeskController: Controller {
  let model: ReadModel
  let doorkeeper: Doorkeeper
  let outbox: any Outbox
  let store: any AttachmentStore
  let secret: CaseKey.Secret
  let directory: @Sendable () -> Directory
  let categories: [DeskCategory]
  let calendar: WorkingCalendar
  let mask: @Sendable (String) -> String
  let version: (@Sendable () -> Int)?
  let clock: @Sendable () -> Instant
  let makeID: @Sendable () -> String
  let logger: Logger
  let offload = Offload(name: "desk-read", threads: 2)
  let counters: [Sent: Counter]

  /// What became of a form that was sent.
  enum Sent: String, CaseIterable {
    case taken, faulty, stale, forbidden, malformed, unavailable
    case crossSite = "cross-site"
    case tooLarge = "too-large"
  }

  /// - Parameters:
  ///   - outbox: takes the commands.
  ///   - store: where the files of opinions and replies are.
  ///   - secret: of the forms.
  ///   - directory: the one in force, asked for with each page.
  ///   - categories: those that a case can be given.
  ///   - version: of what the model shows, for pages that follow it.
  ///   - mask: masks the personal numbers of a text.
  ///   - makeID: gives a new id at each call that nobody can guess: 1 to 64 of `A–Z a–z 0–9 - _`.
  package init(
    model: ReadModel, doorkeeper: Doorkeeper, outbox: any Outbox, store: any AttachmentStore, secret: CaseKey.Secret,
    directory: @escaping @Sendable () -> Directory, categories: [DeskCategory], calendar: WorkingCalendar,
    mask: @escaping @Sendable (String) -> String, version: (@Sendable () -> Int)? = nil,
    clock: @escaping @Sendable () -> Instant,
    makeID: @escaping @Sendable () -> String, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.model = model
    self.doorkeeper = doorkeeper
    self.outbox = outbox
    self.store = store
    self.secret = secret
    self.directory = directory
    self.categories = categories
    self.calendar = calendar
    self.mask = mask
    self.version = version
    self.clock = clock
    self.makeID = makeID
    self.logger = logger
    counters = Dictionary(
      uniqueKeysWithValues: Sent.allCases.map { sent in
        (sent, Counter(label: "huiyin_desk_forms", dimensions: [("outcome", sent.rawValue)], factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments.first == "desk" else { return nil }
    guard let visitor = await doorkeeper.visitor(of: request) else {
      return PagePolicy.guarded(doorkeeper.noOne(request))
    }
    let target = request.head.path ?? ""
    let visit = DeskVisit(
      visitor, .preferred(by: request), at: clock(), version: version?(),
      address: target.hasPrefix("/desk") ? target : "/desk")
    let response: Response
    do {
      response = try await answer(request, visit)
    } catch {
      logger.error("the desk could not be read from the model", metadata: ["reason": "\(error)"])
      response = message(visit, \.unreadableTitle, \.unreadable, .serviceUnavailable).with(.retryAfter, "5")
    }
    return doorkeeper.renewed(response, for: visitor)
  }

  /// A reply brings its files along.
  package func bodyLimit(for request: Request) -> Int? {
    guard request.method == .post, request.segments.count == 4, request.segments.first == "desk",
      DeskForm(rawValue: request.segments[3])?.takesFiles == true
    else { return nil }
    return 2 * (DeskFiles.limits.picture + DeskFiles.limits.other)
  }

  private func answer(_ request: Request, _ visit: DeskVisit) async throws -> Response {
    let path = request.segments.dropFirst()
    if path.isEmpty {
      return request.method == .get ? try await list(request, visit) : .methodNotAllowed(.get)
    }
    guard path.first == "cases", path.count >= 2, let id = CaseID(request.segments[2]) else { return notFound(visit) }
    switch (path.count, request.method) {
    case (2, .get): return try await oneCase(id, request, visit)
    case (2, _): return .methodNotAllowed(.get)
    case (3, .get) where request.segments[3] == "citizen": return try await citizen(id, request, visit)
    case (3, .post):
      guard let form = DeskForm(rawValue: request.segments[3]) else { return notFound(visit) }
      let (sent, response) = try await take(form, id, request, visit)
      counters[sent]?.increment()
      return response
    case (3, .get) where DeskForm(rawValue: request.segments[3]) != nil: return .methodNotAllowed(.post)
    case (4, .get) where request.segments[3] == "attachments":
      return try await attachment(request.segments[4], of: id, visit)
    default: return notFound(visit)
    }
  }

  // MARK: Answers without a case

  func message(
    _ visit: DeskVisit, _ title: KeyPath<DeskWords, String>, _ text: KeyPath<DeskWords, String>,
    _ status: HTTPResponse.Status
  ) -> Response {
    let words = DeskWords(visit.language)
    return DeskTemplates.page(
      "desk-message",
      MessagePage(
        frame: PageFrame(
          visit.language, heading: words[keyPath: title], here: .desk, person: visit.visitor.person,
          asOf: visit.now.forReading), w: words, text: words[keyPath: text]),
      status: status)
  }

  private struct MessagePage {
    let frame: PageFrame
    let w: DeskWords
    let text: String
  }

  /// The same for a case that isn't there and for one that isn't theirs.
  func notFound(_ visit: DeskVisit) -> Response { message(visit, \.notFoundTitle, \.notYours, .notFound) }
}
