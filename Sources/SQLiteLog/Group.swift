import EventLog
import GRDB
import Time

/// A consumer group's rows, within one write transaction. Every change of who belongs to it begins a new generation and
/// deals the partitions anew; each assignment remembers the generation in which its owner got it (its epoch).
struct Group {
  /// The place of a member that has joined.
  struct Joined: Sendable {
    let group: Int64
    let incarnation: Int64
    /// Whether the id belonged to a member whose lease had not run out.
    let tookOver: Bool
  }

  private let id: Int64
  private let db: Database
  private let file: LogFile

  private init(_ id: Int64, of file: LogFile, in db: Database) {
    self.id = id
    self.file = file
    self.db = db
  }

  /// - Parameter takingOver: whether a member of that id is to be fenced.
  /// - Returns: `nil` if there is one that isn't to be fenced.
  static func join(_ membership: Membership, takingOver: Bool, file: LogFile, in db: Database) throws -> Joined? {
    for topic in membership.topics where try file.topic(named: topic, in: db) == nil {
      throw LogError.unknownTopic(topic, in: file.address, recovery: .retry)
    }
    let name = file.settings.prefix + membership.group
    try db.perform("INSERT INTO consumer_groups (name) VALUES (?) ON CONFLICT DO NOTHING", [name])
    let id = try db.integer("SELECT id FROM consumer_groups WHERE name = ?", [name]) ?? 0
    let group = Group(id, of: file, in: db)
    let now = file.settings.now()
    let lease = try db.integer(
      "SELECT lease FROM members WHERE consumer_group = ? AND id = ?", [id, membership.member])
    if lease != nil {
      guard takingOver else { return nil }
      try group.remove(membership.member)
    }
    try group.removeExpired(at: now)
    let generation = try group.nextGeneration()
    try db.perform(
      "INSERT INTO members (consumer_group, id, incarnation, lease) VALUES (?, ?, ?, ?)",
      [id, membership.member, generation, (now + membership.sessionTimeout).milliseconds])
    for topic in Set(membership.topics) {
      try db.perform(
        "INSERT INTO subscriptions (consumer_group, member, topic) VALUES (?, ?, ?)", [id, membership.member, topic])
    }
    try group.deal(generation)
    return Joined(group: id, incarnation: generation, tookOver: lease.map { $0 > now.milliseconds } ?? false)
  }

  /// Nothing happens if that member isn't there any more.
  static func leave(
    _ id: Int64, member: String, incarnation: Int64, file: LogFile, in db: Database
  ) throws {
    let group = Group(id, of: file, in: db)
    let found = try db.integer(
      "SELECT incarnation FROM members WHERE consumer_group = ? AND id = ?", [id, member])
    guard found == incarnation else { return }
    try group.remove(member)
    try group.deal(group.nextGeneration())
  }

  /// Gives the partitions of members whose lease has run out to the others.
  /// - Parameter member: stays in any case: it is the one who asks.
  /// - Returns: how many were removed.
  static func expire(_ id: Int64, besides member: String, file: LogFile, in db: Database) throws -> Int {
    let group = Group(id, of: file, in: db)
    let removed = try group.removeExpired(at: file.settings.now(), besides: member)
    if removed > 0 { try group.deal(group.nextGeneration()) }
    return removed
  }

  @discardableResult
  private func removeExpired(at now: Instant, besides spared: String? = nil) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "SELECT id FROM members WHERE consumer_group = ? AND lease <= ? AND id IS NOT ?")
    let expired = try String.fetchAll(statement, arguments: [id, now.milliseconds, spared])
    for member in expired { try remove(member) }
    return expired.count
  }

  /// Its assignments stay until the next deal, which may leave them with a member of the same id.
  private func remove(_ member: String) throws {
    try db.perform("DELETE FROM members WHERE consumer_group = ? AND id = ?", [id, member])
    try db.perform("DELETE FROM subscriptions WHERE consumer_group = ? AND member = ?", [id, member])
  }

  private func nextGeneration() throws -> Int64 {
    try db.perform("UPDATE consumer_groups SET generation = generation + 1 WHERE id = ?", [id])
    return try db.integer("SELECT generation FROM consumer_groups WHERE id = ?", [id]) ?? 0
  }

  private func deal(_ generation: Int64) throws {
    var readers: [String: Set<String>] = [:]
    let subscriptions = try db.rows(
      "SELECT member, topic FROM subscriptions WHERE consumer_group = ?", [id])
    while let row = try subscriptions.next() {
      let (member, topic): (String, String) = (row[0], row[1])
      readers[member, default: []].insert(topic)
    }
    var topics: [String: TopicRow] = [:]
    for topic in readers.values.reduce(into: Set<String>(), { $0.formUnion($1) }) {
      topics[topic] = try file.topic(named: topic, in: db)
    }
    var ids: [TopicPartition: Int64] = [:]
    for topic in topics.values {
      for (number, id) in topic.partitions.enumerated() { ids[TopicPartition(topic.name, number)] = id }
    }
    let partitions = Dictionary(uniqueKeysWithValues: ids.map { ($1, $0) })
    var owners: [TopicPartition: String] = [:]
    let assignments = try db.rows("SELECT partition, member FROM assignments WHERE consumer_group = ?", [id])
    while let row = try assignments.next() {
      if let partition = partitions[row[0]] { owners[partition] = row[1] }
    }
    let members = readers.map { Assignor.Member(id: $0, topics: $1) }
    let dealt = Assignor.deal(topics.mapValues(\.partitions.count), to: members, owners: owners)
    try store(dealt, ids: ids, generation: generation)
  }

  private func store(_ dealt: [TopicPartition: String], ids: [TopicPartition: Int64], generation: Int64) throws {
    var before: [Int64: String] = [:]
    let rows = try db.rows("SELECT partition, member FROM assignments WHERE consumer_group = ?", [id])
    while let row = try rows.next() { before[row[0]] = row[1] }
    for (partition, member) in dealt {
      guard let partition = ids[partition], before.removeValue(forKey: partition) != member else { continue }
      try db.perform(
        """
        INSERT INTO assignments (consumer_group, partition, member, epoch) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET member = excluded.member, epoch = excluded.epoch
        """, [id, partition, member, generation])
    }
    for partition in before.keys {
      try db.perform("DELETE FROM assignments WHERE consumer_group = ? AND partition = ?", [id, partition])
    }
  }
}
