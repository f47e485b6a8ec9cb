extension QRMatrix {
  /// As an SVG image, black on white, quiet zone included; one unit is one module. It has no size of its own, so that it
  /// fills what it is put into.
  ///
  /// Only numbers are filled in, so nothing needs escaping. Dark modules that lie side by side are one rectangle of the one path.
  package var svg: String {
    let zone = Self.quietZone
    let whole = side + 2 * zone
    var path = ""
    for row in 0..<side {
      var column = 0
      while column < side {
        let start = column
        while self[row, column] { column += 1 }
        let run = column - start
        if run > 0 { path += "M\(start + zone) \(row + zone)h\(run)v1h-\(run)z" }
        column += 1
      }
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(whole) \(whole)\" shape-rendering=\"crispEdges\">"
      + "<rect width=\"\(whole)\" height=\"\(whole)\" fill=\"#fff\"/><path d=\"\(path)\"/></svg>"
  }
}
