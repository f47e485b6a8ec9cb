/// What stands on a line of a chart, so that lines are told apart without colour.
enum ChartMark {
  case circle, square, triangle

  /// Around that place, as a part of a `path`.
  func path(x: String, y: String) -> String {
    switch self {
    case .circle: "M\(x) \(y)m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"
    case .square: "M\(x) \(y)m-2.5 -2.5h5v5h-5z"
    case .triangle: "M\(x) \(y)m0 -3.5l3.5 6h-7z"
    }
  }
}
