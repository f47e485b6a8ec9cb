package import Attachments
import ByteText
package import Cases
import Crypto
import HTTPTypes
package import HTTPValues
package import Logging
package import Metrics
package import Time

/// The page behind a QR code: `GET` and `POST /q/{token}`, the same for `/q` without a code, and `/q/sent`, where a
/// citizen lands once the opinion is taken.
///
/// One request, no cookie, no account, nothing kept but the opinion and its files.
package struct OpinionPageController: Controller {
  private enum Outcome: String, CaseIterable {
    case taken, faulty, stale, malformed, unavailable
    case crossSite = "cross-site"
    case tooLarge = "too-large"
  }

  private let settings: OpinionPageSettings
  private let scanner: any CodeScanner
  private let inbox: any OpinionTaking
  private let reader: OpinionFormReader
  private let secret: CaseKey.Secret
  private let dutyTimes: @Sendable (Directory.Station) -> String?
  private let draw: @Sendable (String) -> String?
  private let clock: @Sendable () -> Instant
  private let makeID: @Sendable () -> String
  private let counters: [Outcome: Counter]

  /// - Parameters:
  ///   - dutyTimes: when deputies are at that station, in words.
  ///   - draw: gives the SVG of a QR code that says that text.
  ///   - makeID: gives a new id at each call that nobody can guess: 1 to 64 of `A–Z a–z 0–9 - _`.
  package init(
    settings: OpinionPageSettings, scanner: any CodeScanner, inbox: any OpinionTaking, store: any AttachmentStore,
    secret: CaseKey.Secret, dutyTimes: @escaping @Sendable (Directory.Station) -> String? = { _ in nil },
    draw: @escaping @Sendable (String) -> String?, clock: @escaping @Sendable () -> Instant,
    makeID: @escaping @Sendable () -> String, logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.settings = settings
    self.scanner = scanner
    self.inbox = inbox
    reader = OpinionFormReader(settings: settings, store: store, secret: secret, logger: logger)
    self.secret = secret
    self.dutyTimes = dutyTimes
    self.draw = draw
    self.clock = clock
    self.makeID = makeID
    counters = Dictionary(
      uniqueKeysWithValues: Outcome.allCases.map { outcome in
        let dimensions = [("outcome", outcome.rawValue)]
        return (outcome, Counter(label: "huiyin_page_forms", dimensions: dimensions, factory: metrics))
      })
  }

  package func respond(to request: Request) async -> Response? {
    guard request.segments.first == "q", request.segments.count <= 2 else { return nil }
    // No code has this name.
    if request.segments.dropFirst() == ["sent"] {
      return request.method == .get ? sent(request) : .methodNotAllowed(.get)
    }
    switch request.method {
    case .get: return form(request)
    case .post:
      let (outcome, response) = await submit(request)
      counters[outcome]?.increment()
      return response
    default: return .methodNotAllowed(.get, .post)
    }
  }

  /// A form brings its files along: a browser without scripts sends pictures as the phone took them.
  package func bodyLimit(for request: Request) -> Int? {
    guard request.method == .post, request.segments.first == "q" else { return nil }
    return 2 * (settings.attachments.picture + settings.attachments.other)
  }

  /// What a form, or the page that shows it, is about.
  private struct Visit {
    let words: PhoneWords
    /// What was scanned, as it came.
    let code: String?
    let scan: Scan?
    let path: String

    var page: String { "q\n" + (code ?? "") }
  }

  private func visit(_ request: Request) -> Visit {
    let code = request.segments.count == 2 && !request.segments[1].isEmpty ? request.segments[1] : nil
    let path = (request.head.path ?? "").prefix { $0 != "?" }
    return Visit(
      words: .preferred(by: request), code: code, scan: code.map { scanner.scan($0, at: clock()) },
      path: path.hasPrefix("/q") ? String(path) : "/q")
  }

  private func form(_ request: Request) -> Response {
    let visit = visit(request)
    guard let token = FormToken(id: makeID(), minted: clock()) else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    let preset = visit.scan?.standing == .valid ? visit.scan?.category ?? "" : ""
    // Whoever goes back to the form finds it as they left it.
    return shown(visit, token, OpinionSheet(category: preset), status: .ok, caching: "private, no-cache")
  }

  private func shown(
    _ visit: Visit, _ token: FormToken, _ sheet: OpinionSheet, _ kept: [KeptFile] = [],
    faults: [(field: OpinionSheet.Field, text: String)] = [], trouble: String? = nil, status: HTTPResponse.Status,
    caching: String = "private, no-store"
  ) -> Response {
    let addressee = Addressee(visit.scan, in: settings.directory())
    let files = kept.map { $0.text(form: token.id, secret: secret) }.joined(separator: " ")
    let page = FormPage(
      visit.words, addressee, dutyTimes: dutyTimes(addressee.station), categories: settings.categories,
      action: visit.path, formToken: token.text(page: visit.page, secret: secret), sheet: sheet,
      kept: (files, kept.count), fileLimit: settings.fileLimit, faults: faults, trouble: trouble)
    return PagePolicy.page("form", page, status: status, caching: caching)
  }

  private func submit(_ request: Request) async -> (Outcome, Response) {
    let visit = visit(request)
    let words = visit.words
    guard Origin.isOurs(request) else { return (.crossSite, refusal(visit, words.crossSite, .forbidden)) }
    guard let sent = SentForm(request) else { return (.malformed, refusal(visit, words.malformed, .badRequest)) }
    let sheet = OpinionSheet(fields: sent.fields)
    let now = clock()
    guard let token = FormToken(sent.fields["form"] ?? "", page: visit.page, secret: secret) else {
      guard let new = FormToken(id: makeID(), minted: now) else {
        return (.unavailable, .problem(.internalServerError, "The page cannot be made."))
      }
      return (
        .stale, shown(visit, new, sheet, trouble: words.formUnknown, status: .unprocessableContent)
      )
    }
    let files = await reader.files(of: sent, form: token.id, words)
    guard token.isFresh(at: now, for: settings.formAge) else {
      // The same form with a new date, so that it stays one opinion.
      let renewed = FormToken(id: token.id, minted: now) ?? token
      return (
        .stale, shown(visit, renewed, sheet, files.kept, trouble: words.formStale, status: .unprocessableContent)
      )
    }
    let typed = sheet.faults(words)
    let faults = typed.filter { $0.field == .text } + files.faults + typed.filter { $0.field != .text }
    if files.isUnavailable {
      return (.unavailable, busy(visit, token, sheet, files.kept, words.filesUnavailable))
    }
    guard faults.isEmpty else {
      return (.faulty, shown(visit, token, sheet, files.kept, faults: faults, status: .unprocessableContent))
    }
    return await take(visit, token, sheet, files.kept)
  }

  private func take(
    _ visit: Visit, _ token: FormToken, _ sheet: OpinionSheet, _ files: [KeptFile]
  ) async -> (Outcome, Response) {
    var opinion = Opinion(
      channel: visit.code == nil ? "web" : "qr", text: sheet.text, code: visit.code.map { String($0.prefix(64)) },
      category: settings.categories.contains(sheet.category) ? sheet.category : nil,
      address: sheet.place.isEmpty ? nil : sheet.place, location: sheet.location, citizen: sheet.citizen,
      attachments: files.isEmpty ? nil : files.map(\.attachment))
    // Before the scan is added, which may find another standing when the same is sent again.
    let digest = Array(SHA256.hash(data: JSONData.encode(opinion)))
    opinion.scan = visit.scan
    let words = visit.words
    // Who changes the text after a failed attempt says something else.
    let key = token.id + "-" + ByteAlphabet.hexadecimal.text(of: digest.prefix(12))
    switch await inbox.take(opinion, key: key, digest: digest) {
    case .taken(let id):
      return (.taken, PagePolicy.see("/q/sent?c=\(id)&k=\(CaseKey(of: id, under: secret).text)"))
    case .tooLarge:
      return (.tooLarge, shown(visit, token, sheet, files, trouble: words.tooLarge, status: .contentTooLarge))
    case .unavailable:
      return (.unavailable, busy(visit, token, sheet, files, words.unavailable))
    }
  }

  private func busy(
    _ visit: Visit, _ token: FormToken, _ sheet: OpinionSheet, _ files: [KeptFile], _ trouble: String
  ) -> Response {
    shown(visit, token, sheet, files, trouble: trouble, status: .serviceUnavailable).with(.retryAfter, "10")
  }

  private func refusal(_ visit: Visit, _ text: String, _ status: HTTPResponse.Status) -> Response {
    let link = MessagePage.Link(address: visit.path, label: visit.words.newForm)
    let page = MessagePage(visit.words, title: visit.words.refusedTitle, text: text, link: link)
    return PagePolicy.page("message", page, status: status)
  }

  private func sent(_ request: Request) -> Response {
    let words = PhoneWords.preferred(by: request)
    guard let id = CaseID(request.query["c"] ?? ""), CaseKey(of: id, under: secret).matches(request.query["k"] ?? "")
    else {
      let page = MessagePage(words, title: words.notFoundTitle, text: words.notFound)
      return PagePolicy.page("message", page, status: .notFound)
    }
    let link = "\(settings.publicAddress)/c/\(id)?k=\(CaseKey(of: id, under: secret).text)"
    return PagePolicy.page("sent", SentPage(words, case: id, link: link, draw: draw))
  }
}
