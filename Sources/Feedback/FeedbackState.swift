import Cases
import Streams
import Time

/// What must be remembered of a case so as to know whom to tell: no name, no address, and texts only while an answer is on
/// its way.
package struct FeedbackState: StoredState, Codable, Hashable {
  /// An answer of which nobody has said yet whether it arrived.
  struct OnTheWay: Codable, Hashable {
    /// That of its first record.
    let id: String
    /// The event that it tells of.
    let event: String
    let of: String
    let by: String
    let method: CaseCommand.Reply.Method?
    /// To say it over another channel; `nil` of one that has arrived already, and only waits for track to say so.
    var values: [String: String]?
    var attempt = 0
    var channel: String?
    var expires: Instant?
    /// Where it was of no use, and why.
    var passed: [ChannelPlan.Passed] = []
    /// It was made long ago: it stands on the page of the case, and nobody is asked what they think of it.
    let historic: Bool?
  }

  /// Where they came from; all that earlier versions kept beside the owner.
  var channel: String
  /// Who answers for it: the one who signed last or, before anybody has, the one who was asked first (首接负责).
  var owner: Owner?
  /// Whom else it is offered to, who hasn't signed yet.
  var offered: Owner?
  /// 协办, whoever has been asked; named by the id where no name is known.
  var attendants: [Owner]?
  var supervisor: Owner?
  /// A deputy's id.
  var proposer: String?
  var contacts: Contacts?
  var number: String?
  var due: CalendarDate?
  var urgent: Bool?
  /// The opinion is in English.
  var english: Bool?
  /// Carried over from the past, and not taken up again since.
  var historic: Bool?
  /// The citizen is to be forgotten.
  var erased: Bool?
  var answers: [OnTheWay]?
  /// The generation of the timer that was set last.
  var timer: Int?

  package init(stored bytes: [UInt8]) throws {
    self = try JSONData.decode(Self.self, from: bytes)
  }

  package func stored() throws -> [UInt8] {
    JSONData.encode(self)
  }

  init(_ opened: CaseEvent.Opened) {
    let statement = opened.submission.statement
    channel = statement.channel
    contacts = Contacts(opened.submission)
    number = opened.number
    due = opened.deadline.due
    if let scan = statement.scan, scan.kind == .deputy, scan.standing == .valid { proposer = scan.holder }
    if Self.isEnglish((statement.title ?? "") + statement.text) { english = true }
    if opened.submission.historic { historic = true }
  }

  /// Without a single Han character, and mostly of Latin letters.
  private static func isEnglish(_ text: String) -> Bool {
    var latin = 0
    var other = 0
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      if scalar.properties.isIdeographic { return false }
      if scalar.isASCII { latin += 1 } else { other += 1 }
    }
    return latin > 0 && other * 10 <= latin
  }

  /// Takes in what the event says of whom to tell.
  mutating func see(_ event: CaseEvent) {
    switch event {
    case .classified(let classification):
      // Who corrects the category says nothing of how urgent it is.
      if let reading = classification.reading { urgent = reading.isUrgent ? true : nil }
    case .assigned(let assignment):
      let holder = owner ?? assignment.owner
      owner = holder
      offered = assignment.owner.id == holder.id ? nil : assignment.owner
      if let attendant = assignment.attendant { add(attendant) }
      supervisor = assignment.supervisor
    case .coHandled(let shared): for id in shared.with { add(helper(id)) }
    case .signed(let signed): settle(on: signed.owner)
    case .replied(let replied): settle(on: replied.owner)
    case .refused(let refused): settle(on: refused.owner)
    case .deadlineChanged(let change): due = change.to.due
    case .extended(let revised), .resumed(let revised), .raised(let revised): due = revised.to.due
    case .reopened(let reopened):
      due = reopened.deadline.due
      offered = nil
      // Whatever the past was, this is today.
      historic = nil
    case .supplemented(let submission) where erased != true: contacts?.add(submission)
    default: break
    }
  }

  /// - Parameter newOwner: `nil` where it stays with whoever had it.
  private mutating func settle(on newOwner: Owner?) {
    owner = newOwner ?? owner
    offered = nil
  }

  private mutating func add(_ attendant: Owner) {
    attendants = (attendants ?? []).filter { $0.id != attendant.id } + [attendant]
  }

  /// What is known of whoever helps by id alone. Which kind they are nobody says: mostly it is a department, and desks go by
  /// the id.
  private func helper(_ id: String) -> Owner {
    let known = [owner, offered, supervisor].compactMap { $0 } + (attendants ?? [])
    return known.first { $0.id == id } ?? Owner(id: id, kind: .department, name: id)
  }

  /// Who is concerned by an event, by their roles; an office may have several. Before another has signed, whoever had it
  /// is urged as well as they.
  func offices(on event: CaseEvent) -> [(role: Recipient, office: Owner)] {
    let owners: [Owner?] =
      switch event {
      case .assigned, .signOverdue: [offered ?? owner]
      default: [owner, offered]
      }
    // Whoever has it in hand no longer merely helps.
    var helpers = (attendants ?? []).filter { helper in !owners.contains { $0?.id == helper.id } }
    // Those who helped before know it.
    if case .coHandled(let shared) = event { helpers.removeAll { !shared.with.contains($0.id) } }
    let deputy = proposer.map { Owner(id: $0, kind: .deputy, name: $0) }
    let others: [(Recipient, Owner?)] = [(.supervisor, supervisor), (.proposer, deputy)]
    let all = owners.map { (Recipient.owner, $0) } + helpers.map { (.attendant, $0) } + others
    return all.compactMap { role, office in office.map { (role, $0) } }
  }
}
