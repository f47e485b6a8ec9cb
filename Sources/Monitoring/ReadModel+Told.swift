package import Cases
import Foundation
import GRDB
import Time

extension ReadModel {
  /// Whom we told of a case, how, when, and whether it arrived; in the order of time. What is older than the retention of
  /// the topic `feedback` may be missing where the model was built after that.
  package func told(of id: CaseID) throws(Failure) -> [ToldLine] {
    try read { db in
      guard let key = try Self.key(of: id, in: db) else { return [] }
      let statement = try db.cachedStatement(sql: "SELECT id, time, message FROM told WHERE key = ?")
      let rows = try Row.fetchAll(statement, arguments: [key])
      guard !rows.isEmpty else { return [] }
      let events = try RecordedEvent.all(of: id, key, in: db)
      let lines = try rows.map { row in
        let (id, time, data): (String, String?, Data) = (row["id"], row["time"], row["message"])
        let message = try JSONData.decode(ToldMessage.self, from: Array(data))
        return ToldLine(
          id: id, time: time.flatMap { GivenTime($0) }, message: message, state: Self.state(of: message, id, by: events)
        )
      }
      return lines.sorted {
        ($0.time?.instant ?? .distantPast, $0.id) < ($1.time?.instant ?? .distantPast, $1.id)
      }
    }
  }

  /// What the last event says that names it.
  private static func state(of message: ToldMessage, _ id: String, by events: [RecordedEvent]) -> ToldLine.State {
    var state = message.answer == nil ? ToldLine.State.sent : .underWay
    for event in events {
      switch event.event {
      case .delivered(let delivery) where names(delivery, message, id): state = .delivered(event.time)
      case .undelivered(let delivery) where names(delivery, message, id):
        state = .undelivered(event.time, reason: delivery.reason)
      default: break
      }
    }
    return state
  }

  private static func names(_ delivery: CaseEvent.Delivery, _ message: ToldMessage, _ id: String) -> Bool {
    delivery.channel == message.channel && (delivery.feedback == id || delivery.feedback == message.answer)
  }
}
