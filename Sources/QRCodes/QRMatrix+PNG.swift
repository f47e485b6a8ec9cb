extension QRMatrix {
  /// Pixels for each module that ``png(scale:)`` takes.
  package static let scales = 1...64

  /// As a PNG image of one bit per pixel, quiet zone included.
  /// - Parameter scale: pixels on each side of a module, one of ``scales``.
  package func png(scale: Int) -> [UInt8] {
    precondition(Self.scales.contains(scale), "a module has 1 to 64 pixels on each side")
    let width = (side + 2 * Self.quietZone) * scale
    var image = BilevelImage(width: width, height: width)
    for row in -Self.quietZone..<side + Self.quietZone {
      var pixels = [UInt8](repeating: 0xff, count: image.bytesPerRow)
      for column in 0..<side where self[row, column] {
        let start = (column + Self.quietZone) * scale
        for pixel in start..<start + scale { pixels[pixel >> 3] &= ~(0x80 >> UInt8(pixel & 7)) }
      }
      image.append(pixels, times: scale)
    }
    return image.png
  }
}
