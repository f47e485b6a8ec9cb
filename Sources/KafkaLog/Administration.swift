import CLibrdkafka
import EventLog
import Glibc
import Logging

/// Requests of librdkafka's admin interface: each is sent off, and its one answer comes on a queue of its own.
struct Administration {
  private let cluster: Cluster

  init(_ cluster: Cluster) {
    self.cluster = cluster
  }

  private var settings: KafkaSettings { cluster.settings }

  // MARK: Topics

  /// - Returns: what the brokers say of each topic: `nil` if they created it.
  func create(_ topics: [TopicSpecification]) throws(LogError) -> [String: KafkaError] {
    var reason = [CChar](repeating: 0, count: 512)
    var wanted: [OpaquePointer?] = []
    defer { for topic in wanted { rd_kafka_NewTopic_destroy(topic) } }
    for topic in topics {
      let new = rd_kafka_NewTopic_new(
        settings.prefix + topic.name, Int32(clamping: topic.partitions), Int32(clamping: settings.replication ?? -1),
        &reason, reason.count)
      guard let new else {
        throw LogError(.other, "topic \(topic.name) can't be asked for: \(Self.text(reason))", recovery: .stop)
      }
      wanted.append(new)
      for (name, value) in TopicConfiguration(topic, replication: settings.replication).entries {
        rd_kafka_NewTopic_set_config(new, name, value)
      }
    }
    var refusals: [String: KafkaError] = [:]
    try request(RD_KAFKA_ADMIN_OP_CREATETOPICS, while: "create topics") { options, queue in
      rd_kafka_CreateTopics(cluster.handle, &wanted, wanted.count, options, queue)
    } answer: { event in
      var count = 0
      let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
      for index in 0..<count {
        guard let result = results?[index], let name = rd_kafka_topic_result_name(result) else { continue }
        let code = rd_kafka_topic_result_error(result)
        if code == RD_KAFKA_RESP_ERR_NO_ERROR { continue }
        let text = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
        refusals[unprefixed(name)] = KafkaError(code, text)
      }
    }
    return refusals
  }

  /// Topics of which the brokers tell nothing, because they can't or because this client may not ask, are missing.
  func configurations(of topics: [String]) throws(LogError) -> [String: TopicConfiguration] {
    if topics.isEmpty || !settings.takesAdministration { return [:] }
    var resources: [OpaquePointer?] = topics.map {
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, settings.prefix + $0)
    }
    defer { for resource in resources { rd_kafka_ConfigResource_destroy(resource) } }
    var configurations: [String: TopicConfiguration] = [:]
    do throws(LogError) {
      try request(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, while: "describe topics") { options, queue in
        rd_kafka_DescribeConfigs(cluster.handle, &resources, resources.count, options, queue)
      } answer: { event in
        var count = 0
        let results = rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event), &count)
        for index in 0..<count {
          guard let resource = results?[index], let name = rd_kafka_ConfigResource_name(resource),
            rd_kafka_ConfigResource_error(resource) == RD_KAFKA_RESP_ERR_NO_ERROR
          else { continue }
          configurations[unprefixed(name)] = Self.configuration(resource)
        }
      }
    } catch  where error.recovery == .stop {
      settings.logger.warning(
        "the brokers don't describe their topics; their defaults are taken for granted",
        metadata: ["reason": "\(error.reason)"])
    }
    return configurations
  }

  private static func configuration(_ resource: OpaquePointer) -> TopicConfiguration {
    var count = 0
    let found = rd_kafka_ConfigResource_configs(resource, &count)
    var entries: [String: String] = [:]
    for index in 0..<count {
      guard let entry = found?[index], let name = rd_kafka_ConfigEntry_name(entry),
        let value = rd_kafka_ConfigEntry_value(entry)
      else { continue }
      entries[String(cString: name)] = String(cString: value)
    }
    return TopicConfiguration(entries: entries)
  }

  // MARK: Groups

  /// The offsets that a group has committed; those that are part of an open transaction are waited for.
  func committedOffsets(of group: String) throws(LogError) -> [TopicPartition: Offset] {
    let prefix = settings.prefix
    var request: [OpaquePointer?] = [rd_kafka_ListConsumerGroupOffsets_new(prefix + group, nil)]
    defer { rd_kafka_ListConsumerGroupOffsets_destroy(request[0]) }
    return try cluster.persistently(while: "tell the offsets of group \(group)") { deadline throws(KafkaError) in
      var offsets: [TopicPartition: Offset] = [:]
      var trouble: KafkaError?
      try send(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, before: deadline) { options, queue in
        if let error = rd_kafka_AdminOptions_set_require_stable_offsets(options, 1) { rd_kafka_error_destroy(error) }
        rd_kafka_ListConsumerGroupOffsets(cluster.handle, &request, 1, options, queue)
      } answer: { event in
        var count = 0
        let groups = rd_kafka_ListConsumerGroupOffsets_result_groups(
          rd_kafka_event_ListConsumerGroupOffsets_result(event), &count)
        guard count == 1, let result = groups?[0] else { return }
        if let error = rd_kafka_group_result_error(result) {
          trouble = KafkaError(rd_kafka_error_code(error), String(cString: rd_kafka_error_string(error)))
        }
        guard let list = rd_kafka_group_result_partitions(result)?.pointee else { return }
        for element in UnsafeBufferPointer(start: list.elems, count: Int(list.cnt)) {
          guard String(cString: element.topic).hasPrefix(prefix) else { continue }
          if element.err != RD_KAFKA_RESP_ERR_NO_ERROR { trouble = trouble ?? KafkaError(element.err) }
          if element.offset >= 0 { offsets[element.partition(without: prefix)] = element.offset }
        }
      }
      if let trouble { throw trouble }
      return offsets
    }
  }

  /// Whether a group has a member of that static id.
  ///
  /// Not asked by librdkafka's admin interface, whose question for a group (in 2.0.2) ends the whole process if the
  /// brokers come back after it has timed out.
  func has(member: String, in group: String) throws(KafkaError) -> Bool {
    if !settings.takesAdministration { return false }
    var groups: UnsafePointer<rd_kafka_group_list>?
    let code = rd_kafka_list_groups(
      cluster.handle, settings.prefix + group, &groups, settings.patience.wholeMilliseconds)
    defer { if let groups { rd_kafka_group_list_destroy(groups) } }
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let groups else { throw KafkaError(code) }
    return UnsafeBufferPointer(start: groups.pointee.groups, count: Int(groups.pointee.group_cnt)).contains { group in
      UnsafeBufferPointer(start: group.members, count: Int(group.member_cnt)).contains { found in
        // To the static id the brokers add a hyphen and a UUID.
        let id = String(cString: found.member_id)
        return id.utf8.count == member.utf8.count + 37 && id.hasPrefix(member + "-")
      }
    }
  }

  // MARK: Sending

  private func request(
    _ kind: rd_kafka_admin_op_t, while activity: String, _ call: (OpaquePointer, OpaquePointer) -> Void,
    answer: (OpaquePointer) -> Void
  ) throws(LogError) {
    try cluster.persistently(while: activity) { deadline throws(KafkaError) in
      try send(kind, before: deadline, call, answer: answer)
    }
  }

  private func send(
    _ kind: rd_kafka_admin_op_t, before deadline: Deadline, _ call: (OpaquePointer, OpaquePointer) -> Void,
    answer: (OpaquePointer) -> Void
  ) throws(KafkaError) {
    guard let options = rd_kafka_AdminOptions_new(cluster.handle, kind), let queue = rd_kafka_queue_new(cluster.handle)
    else { throw KafkaError(RD_KAFKA_RESP_ERR__FAIL) }
    defer {
      rd_kafka_queue_destroy(queue)
      rd_kafka_AdminOptions_destroy(options)
    }
    // At least this long, or librdkafka refuses the option.
    let time = max(1, deadline.milliseconds)
    rd_kafka_AdminOptions_set_request_timeout(options, time, nil, 0)
    call(options, queue)
    guard let event = rd_kafka_queue_poll(queue, time + 1000) else { throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT) }
    defer { rd_kafka_event_destroy(event) }
    let code = rd_kafka_event_error(event)
    if code != RD_KAFKA_RESP_ERR_NO_ERROR {
      throw KafkaError(code, rd_kafka_event_error_string(event).map { String(cString: $0) })
    }
    answer(event)
  }

  private func unprefixed(_ name: UnsafePointer<CChar>) -> String {
    String(String(cString: name).dropFirst(settings.prefix.count))
  }

  private static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
