import Foundation
import GRDB

extension Database {
  func perform(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  func integer(_ sql: String, _ arguments: StatementArguments = []) throws -> Int64? {
    try Int64.fetchOne(cachedStatement(sql: sql), arguments: arguments)
  }

  /// The rows are valid one at a time, and no second cursor of the same text may be open.
  func rows(_ sql: String, _ arguments: StatementArguments) throws -> RowCursor {
    try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
  }
}

extension DatabaseValue {
  static func bytes(_ bytes: [UInt8]?) -> DatabaseValue {
    bytes.map { Data($0).databaseValue } ?? .null
  }
}

extension Row {
  func bytes(at index: Int) throws -> [UInt8]? {
    try withUnsafeData(atIndex: index) { data in data.map { [UInt8]($0) } }
  }
}
