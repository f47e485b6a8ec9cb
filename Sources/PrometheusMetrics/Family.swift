/// All series of one metric name.
struct Family {
  /// The sanitised label of the metric that came first, by which its help is found.
  let label: String
  let kind: MetricKind
  private(set) var series: [LabelSet: any Series] = [:]
  /// The series that stand for all label sets beyond the limit.
  private var shared: Set<LabelSet> = []

  init(label: String, kind: MetricKind) {
    self.label = label
    self.kind = kind
  }

  /// How many series stand for one label set each.
  var distinct: Int { series.count - shared.count }

  mutating func add(_ new: any Series, _ labels: LabelSet, shared isShared: Bool = false) {
    series[labels] = new
    if isShared { shared.insert(labels) }
  }

  /// Forgets a series, unless it stands for many. False if it is not of this family.
  mutating func remove(_ handler: AnyObject) -> Bool {
    guard let labels = series.first(where: { $0.value === handler })?.key else { return false }
    if !shared.contains(labels) { series[labels] = nil }
    return true
  }
}
