extension Directory {
  /// - Parameter records: the values of the topic `directory`, in any order: the JSON of a ``DirectoryEntry`` each.
  /// - Throws: ``InvalidDirectory``, also for a value that is none.
  package init(records: some Sequence<[UInt8]>) throws(InvalidDirectory) {
    var entries: [DirectoryEntry] = []
    for record in records {
      do throws(Malformed) {
        entries.append(try JSONData.decode(DirectoryEntry.self, from: record))
      } catch {
        throw InvalidDirectory([.init(message: "an entry can't be read: \(error.reason)")])
      }
    }
    try self.init(entries: entries)
  }

  /// What the topic `directory` holds of it, by the records' keys.
  package var records: [[UInt8]: [UInt8]] {
    Dictionary(entries.map { (Array($0.key.utf8), JSONData.encode($0)) }, uniquingKeysWith: { $1 })
  }
}
