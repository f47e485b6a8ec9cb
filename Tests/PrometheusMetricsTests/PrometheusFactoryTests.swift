import CoreMetrics
import PrometheusMetrics
import Testing

@Suite struct PrometheusFactoryTests {
  let factory = PrometheusFactory(seriesLimit: 3)

  var rendered: String { String(decoding: factory.render(), as: UTF8.self) }

  @Test func `nothing counted gives nothing to read`() {
    #expect(factory.render().isEmpty)
  }

  @Test func `counters, gauges and meters are rendered sorted with their type and help`() {
    factory.register("huiyin.records", help: "Records \\ read\nand committed.")
    Counter(label: "huiyin.records", dimensions: [("topic", "opinions")], factory: factory).increment(by: 2)
    Counter(label: "huiyin.records", dimensions: [("topic", "cases")], factory: factory).increment()
    Gauge(label: "huiyin_lag", factory: factory).record(7)
    let meter = Meter(label: "depth", factory: factory)
    meter.set(3)
    meter.increment(by: 0.5)
    meter.decrement(by: 2)
    #expect(
      rendered == """
        # TYPE depth gauge
        depth 1.5
        # TYPE huiyin_lag gauge
        huiyin_lag 7
        # HELP huiyin_records_total Records \\\\ read\\nand committed.
        # TYPE huiyin_records_total counter
        huiyin_records_total{topic="cases"} 1
        huiyin_records_total{topic="opinions"} 2

        """)
  }

  @Test func `a timer is a histogram in seconds over the default buckets`() {
    let timer = Timer(label: "huiyin.commit", dimensions: [("log", "sqlite")], factory: factory)
    timer.recordMilliseconds(5)
    timer.recordMilliseconds(300)
    timer.recordSeconds(60)
    timer.recordNanoseconds(-1)
    let lines = rendered.split(separator: "\n")
    #expect(lines.first == "# TYPE huiyin_commit_seconds histogram")
    #expect(
      lines.dropFirst().prefix(15)
        == [
          ("0.005", 2), ("0.01", 2), ("0.025", 2), ("0.05", 2), ("0.075", 2), ("0.1", 2), ("0.25", 2), ("0.5", 3),
          ("0.75", 3), ("1", 3), ("2.5", 3), ("5", 3), ("7.5", 3), ("10", 3), ("+Inf", 4),
        ].map { "huiyin_commit_seconds_bucket{log=\"sqlite\",le=\"\($0)\"} \($1)" }[...])
    #expect(
      lines.suffix(2) == [
        "huiyin_commit_seconds_sum{log=\"sqlite\"} 60.305", "huiyin_commit_seconds_count{log=\"sqlite\"} 4",
      ])
  }

  @Test func `an aggregating recorder counts into its registered buckets and leaves out what is no number`() {
    factory.register("batch_size", help: "Records per batch.", buckets: [1, 10])
    let recorder = Recorder(label: "batch_size", factory: factory)
    for size in [1, 2.5, 100, .nan, .infinity] { recorder.record(size) }
    #expect(
      rendered == """
        # HELP batch_size Records per batch.
        # TYPE batch_size histogram
        batch_size_bucket{le="1"} 1
        batch_size_bucket{le="10"} 2
        batch_size_bucket{le="+Inf"} 3
        batch_size_sum 103.5
        batch_size_count 3

        """)
  }

  @Test(arguments: [
    ("http.server.requests", "http_server_requests_total"), ("9lives", "_9lives_total"), ("办件:n", "__:n_total"),
    ("done_total", "done_total"), ("", "__total"),
  ])
  func `a name is made of allowed characters`(label: String, name: String) {
    Counter(label: label, factory: factory).increment()
    #expect(rendered == "# TYPE \(name) counter\n\(name) 1\n")
  }

  @Test func `label values are escaped, label names sanitised and sorted, a name twice keeps the last`() {
    let dimensions = [("z:z", "a\"b\\c\nd\r"), ("a.b", "first"), ("a-b", "回音")]
    Counter(label: "n_total", dimensions: dimensions, factory: factory).increment()
    #expect(rendered.contains("n_total{a_b=\"回音\",z_z=\"a\\\"b\\\\c\\nd\r\"} 1\n"))
  }

  @Test func `a histogram's own label is not taken by a dimension`() {
    Recorder(label: "h", dimensions: [("le", "x")], factory: factory).record(1)
    #expect(rendered.contains("h_bucket{le_=\"x\",le=\"+Inf\"} 1\n"))
  }

  @Test func `the order of the dimensions does not matter`() {
    Counter(label: "n_total", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
    Counter(label: "n_total", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
    #expect(rendered.contains("n_total{a=\"1\",b=\"2\"} 2\n"))
  }

  @Test func `label sets beyond the limit are folded into one and counted`() {
    for id in 1...5 {
      Counter(label: "n_total", dimensions: [("id", "\(id)")], factory: factory).increment(by: id)
    }
    Counter(label: "n_total", dimensions: [("id", "2")], factory: factory).increment()
    #expect(
      rendered == """
        # HELP huiyin_metrics_folded_total Requests for a label set beyond the limit, counted under other.
        # TYPE huiyin_metrics_folded_total counter
        huiyin_metrics_folded_total{metric="n_total"} 2
        # TYPE n_total counter
        n_total{id="1"} 1
        n_total{id="2"} 3
        n_total{id="3"} 3
        n_total{id="other"} 9

        """)
  }

  @Test func `a name has one kind and the second one asked for is counted, not exposed`() {
    Counter(label: "n_total", factory: factory).increment()
    Gauge(label: "n_total", factory: factory).record(5)
    #expect(rendered.contains("n_total 1\n"))
    #expect(!rendered.contains("gauge"))
    #expect(rendered.contains("huiyin_metrics_conflicts_total{metric=\"n_total\"} 1\n"))
  }

  @Test func `a counter only grows, by whole and by broken amounts, until it is reset`() {
    let whole = Counter(label: "n_total", factory: factory)
    let broken = FloatingPointCounter(label: "n_total", factory: factory)
    whole.increment(by: Int64(1) << 60)
    whole.increment(by: -5)
    #expect(rendered.contains("n_total 1152921504606846976\n"))
    whole.reset()
    broken.increment(by: 0.25)
    broken.increment(by: -1)
    broken.increment(by: Double.nan)
    whole.increment(by: 3)
    #expect(rendered.contains("n_total 3.25\n"))
  }

  @Test func `values that are no ordinary numbers are spelled as Prometheus does`() {
    for (name, value) in [("a", Double.infinity), ("b", -.infinity), ("c", .nan), ("d", 1e300), ("e", -0.5)] {
      Gauge(label: name, factory: factory).record(value)
    }
    let values = rendered.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(values == ["a +Inf", "b -Inf", "c NaN", "d 1e+300", "e -0.5"])
  }

  @Test func `a destroyed metric is no longer exposed and makes room`() {
    let gauges = (1...3).map { Gauge(label: "lag", dimensions: [("partition", "\($0)")], factory: factory) }
    for gauge in gauges { gauge.record(1) }
    gauges[1].destroy()
    Gauge(label: "lag", dimensions: [("partition", "9")], factory: factory).record(4)
    #expect(
      rendered == """
        # TYPE lag gauge
        lag{partition="1"} 1
        lag{partition="3"} 1
        lag{partition="9"} 4

        """)
  }

  @Test func `many threads lose no increment`() async {
    let (factory, rounds) = (factory, 10_000)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let whole = Counter(label: "whole", factory: factory)
          let broken = FloatingPointCounter(label: "broken", factory: factory)
          let timer = Timer(label: "time", factory: factory)
          for _ in 0..<rounds {
            whole.increment()
            broken.increment(by: 0.5)
            timer.recordSeconds(1)
          }
        }
      }
    }
    let lines = Set(rendered.split(separator: "\n"))
    #expect(lines.isSuperset(of: ["whole_total 40000", "broken_total 20000", "time_seconds_count 40000"]))
  }
}
