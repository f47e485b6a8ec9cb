/// The numbers that stand beside a chart, and how far up each value goes.
struct ChartScale: Hashable {
  /// From 0 on, evenly apart; the last one is no less than any value.
  let ticks: [Int]

  init(upTo largest: Int) {
    let wanted = max(largest, 1)
    // 1, 2, 5, 10, 20, 50 …: the first of which four are enough.
    var (step, place) = (1, 0)
    while step <= (wanted - 1) / 4 {
      step = place % 3 == 1 ? step / 2 * 5 : step * 2
      place += 1
    }
    ticks = Array(stride(from: 0, through: (wanted - 1) / step * step + step, by: step))
  }

  /// 0 for 0, 1 for the last tick.
  func share(of value: Int) -> Double {
    Double(min(max(value, 0), ticks.last ?? 0)) / Double(ticks.last ?? 1)
  }
}
