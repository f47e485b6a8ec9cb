package import Cases
import GRDB

extension ReadModel {
  /// Whoever can be given a case: stations in the operator's order, departments and deputies, as the directory in force
  /// names them; before there is one, those whom cases were given to, by their ids.
  package func ownersInCharge() throws(Failure) -> [Owner] {
    try read { db in
      let known = try db.cachedStatement(sql: "SELECT kind, id, name FROM holders ORDER BY place")
      let owners = try Self.owners(Row.fetchAll(known))
      if !owners.isEmpty { return owners }
      let met = try db.cachedStatement(sql: "SELECT kind, id, name FROM owners ORDER BY id")
      return try Self.owners(Row.fetchAll(met))
    }
  }

  /// Of a deputy the station, of a station the one above; `nil` where there is none, or the directory doesn't say.
  package func station(over id: String) throws(Failure) -> Owner? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT above.kind, above.id, above.name FROM holders JOIN holders AS above ON above.id = holders.station
          WHERE holders.id = ? AND above.kind = 0 LIMIT 1
          """)
      return try Row.fetchOne(statement, arguments: [id])
        .flatMap { OwnerColumns.owner(kind: $0["kind"], id: $0["id"], name: $0["name"]) }
    }
  }

  private static func owners(_ rows: [Row]) -> [Owner] {
    rows.compactMap { OwnerColumns.owner(kind: $0["kind"], id: $0["id"], name: $0["name"]) }
  }
}
