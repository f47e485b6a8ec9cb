import QRCodes
import Testing

struct PictureTests {
  @Test func `an SVG is one path with a rectangle for each dark run, inside a quiet zone of four modules`() throws {
    let matrix = try QRMatrix("https://example.org/q/DK2345")
    let svg = matrix.svg
    let whole = matrix.side + 8
    #expect(svg.hasPrefix(#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(whole) \#(whole)""#))
    let path = try #require(svg.firstMatch(of: /<path d="([^"]*)"\/><\/svg>$/)?.1)
    var dark: Set<[Int]> = []
    for run in path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
      let (x, y, length) = (try #require(Int(run.1)), try #require(Int(run.2)), try #require(Int(run.3)))
      #expect(run.3 == run.4)
      for step in 0..<length { #expect(dark.insert([y - 4, x - 4 + step]).inserted) }
    }
    #expect(path.replacing(/M\d+ \d+h\d+v1h-\d+z/, with: "").isEmpty)
    for row in -4..<matrix.side + 4 {
      for column in -4..<matrix.side + 4 { #expect(matrix[row, column] == dark.contains([row, column])) }
    }
  }

  @Test func `a PNG has one bit per pixel, as many pixels as asked for, and is small`() throws {
    let matrix = try QRMatrix("https://example.org/q/DK23456789ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    for scale in [1, 5, 8, 64] {
      let png = matrix.png(scale: scale)
      #expect(Array(png[0..<8]) == [0x89] + Array("PNG\r\n".utf8) + [0x1a, 0x0a])
      let width = png[16..<20].reduce(0) { $0 << 8 | Int($1) }
      #expect(width == (matrix.side + 8) * scale)
      #expect(Array(png[16..<20]) == Array(png[20..<24]))
      #expect(Array(png[24..<29]) == [1, 0, 0, 0, 0])
      #expect(png.count < 2000 + scale * 100, "\(png.count) bytes at scale \(scale)")
    }
  }
}
