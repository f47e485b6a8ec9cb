/// A part of a case's history, in the order of the events.
struct EventListView: Encodable {
  let events: [JSONTree]
  let next: String?
}
