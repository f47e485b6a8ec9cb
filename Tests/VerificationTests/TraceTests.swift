import Cases
import EventLog
import Streams
import Testing
import Time

/// `traceparent` through all stages.
struct TraceTests {
  private static let opinion = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  private static let reply = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

  @Test func `what an opinion and a reply lead to carries their traces up to cases and feedback`() throws {
    let start = try Story.time("2026-03-02T10:00:00+08:00")
    let later = try Story.time("2026-03-03T10:00:00+08:00")
    let pipeline = try Pipeline(at: start.instant)
    func publish(_ event: CloudEvent, to topic: String, trace: String) throws {
      var record = event.record(key: Array("a".utf8))
      record.headers += [Header("traceparent", trace), Header("tracestate", "vendor=1")]
      try pipeline.publish([Output(to: topic, record)])
    }
    try publish(Story.opinion("a", at: start, citizen: Story.citizen), to: Topics.opinions, trace: Self.opinion)
    try pipeline.settle()
    pipeline.clock.now = later.instant
    try publish(Story.reply("a", at: later), to: Topics.commands, trace: Self.reply)
    try pipeline.settle()

    var traces: [String: [String: Int]] = [:]
    for entry in try Contents(of: pipeline.log).entries where !entry.topic.hasSuffix("-changelog") {
      let trace = entry.record.header("traceparent").map { String(decoding: $0, as: UTF8.self) } ?? "none"
      traces[entry.topic, default: [:]][trace, default: 0] += 1
      #expect(entry.record.header("tracestate") == Array("vendor=1".utf8))
    }
    #expect(traces[Topics.classifications] == [Self.opinion: 1])
    #expect(traces[Topics.citizens] == [Self.opinion: 1])
    for topic in [Topics.commands, Topics.cases, Topics.feedback] {
      #expect(Set(traces[topic, default: [:]].keys) == [Self.opinion, Self.reply], "\(topic)")
    }
  }
}
