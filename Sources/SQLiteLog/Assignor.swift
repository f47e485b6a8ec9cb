import EventLog

/// Deals a group's partitions to its members: a pure function, so that everyone who calls it agrees.
///
/// Partitions are dealt by number: who has number 3 has it of every topic that is read by the same members, so records
/// of one key in several topics meet in one member. No member has two numbers more than another. A number stays where
/// it is as far as that allows.
enum Assignor {
  struct Member: Hashable, Sendable {
    let id: String
    let topics: Set<String>
  }

  /// - Parameters:
  ///   - partitions: how many each topic has.
  ///   - owners: who has what until now; members that are gone may still be named.
  static func deal(
    _ partitions: [String: Int], to members: [Member], owners: [TopicPartition: String]
  ) -> [TopicPartition: String] {
    // Members may differ in what they read while a new version is rolled out: topics with the same readers go together.
    var topicsByReaders: [[String]: [String]] = [:]
    for topic in partitions.keys {
      let readers = members.filter { $0.topics.contains(topic) }.map(\.id).sorted()
      topicsByReaders[readers, default: []].append(topic)
    }
    var dealt: [TopicPartition: String] = [:]
    for (readers, topics) in topicsByReaders where !readers.isEmpty {
      let topics = topics.sorted()
      let count = topics.compactMap { partitions[$0] }.max() ?? 0
      let before = (0..<count).map { number in
        topics.lazy.compactMap { owners[TopicPartition($0, number)] }.first
      }
      for (number, owner) in deal(before, to: readers).enumerated() {
        for topic in topics where number < partitions[topic] ?? 0 { dealt[TopicPartition(topic, number)] = owner }
      }
    }
    return dealt
  }

  /// - Parameters:
  ///   - before: the owner of each number until now.
  ///   - members: sorted, not empty.
  /// - Returns: the owner of each number.
  private static func deal(_ before: [String?], to members: [String]) -> [String] {
    var kept: [String: Int] = [:]
    for case let owner? in before { kept[owner, default: 0] += 1 }
    // Whoever has most keeps the odd ones; `sorted` is stable, so among equals the order of the ids decides.
    let ranked = members.sorted { kept[$0, default: 0] > kept[$1, default: 0] }
    var room: [String: Int] = [:]
    for (rank, member) in ranked.enumerated() {
      room[member] = before.count / members.count + (rank < before.count % members.count ? 1 : 0)
    }
    var after = before
    for (number, owner) in before.enumerated() {
      if let owner, let left = room[owner], left > 0 {
        room[owner] = left - 1
      } else {
        after[number] = nil
      }
    }
    var waiting = members.flatMap { member in repeatElement(member, count: room[member] ?? 0) }[...]
    return after.map { owner in owner ?? waiting.popFirst() ?? members[0] }
  }
}
