import Cases
import Monitoring
import Time
import WebPages

/// What the template `desk-citizen` is filled with: the form that asks, or, for a while after the look is on record, who the
/// citizen is.
struct CitizenPage {
  /// So long a look lasts.
  static let lasts = Duration.seconds(15 * 60)

  struct Fact {
    let label: String
    let value: String
  }

  let frame: PageFrame
  let w: DeskWords
  var outcome: Outcome?
  var facts: [Fact] = []
  var hasFacts = false
  var notice: String?
  var texts: [CaseTexts.Text] = []
  var forms: [FilledForm] = []
  let backAddress: String

  init(_ language: Language, _ person: PageFrame.Person, of id: CaseID, at now: Instant) {
    w = DeskWords(language)
    frame = PageFrame(language, heading: w.citizenTitle, here: .desk, person: person, asOf: now.forReading)
    backAddress = "/desk/cases/\(id)"
  }

  /// - Parameter citizen: `nil` where nothing is known of them.
  mutating func show(_ citizen: Citizen?, _ texts: [CaseTexts.Text], until end: Instant) {
    facts = [(w.name, citizen?.name), (w.phone, citizen?.phone), (w.email, citizen?.email)].map { label, value in
      Fact(label: label, value: value ?? w.notGiven)
    }
    if let citizen, citizen.name != nil || citizen.phone != nil || citizen.email != nil {
      notice = "\(w.shownUntil) \(end.forReading)"
    } else {
      facts = []
      notice = w.noContact
    }
    hasFacts = !facts.isEmpty
    self.texts = texts
  }

  /// Until when this person may see the data by that command: the event that it led to must be there, be theirs, and not be
  /// older than ``lasts``. `nil`: not at all.
  static func end(of events: [RecordedEvent], for actor: Actor, named by: String, at now: Instant) -> Instant? {
    for event in events {
      guard case .disclosed(let disclosed) = event.event, disclosed.actor == actor, disclosed.by == by,
        let time = event.time?.instant
      else { continue }
      if time <= now + .seconds(300), now < time + lasts { return time + lasts }
    }
    return nil
  }
}
