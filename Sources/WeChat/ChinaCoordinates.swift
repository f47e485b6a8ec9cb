import Cases
import Foundation

/// The coordinates of maps made in China (GCJ-02), which lie up to some 700 m beside the true ones (WGS 84). Those of
/// a location message are of this kind.
///
/// The shift has no official formula; this one is the approximation that map software shares, exact to a few metres.
enum ChinaCoordinates {
  /// Semi-major axis (m) and squared eccentricity of the Krasovsky 1940 ellipsoid.
  private static let axis = 6_378_245.0
  private static let eccentricity = 0.006_693_421_622_965_943

  /// Where a place shown on such a map really is. Outside of China nothing is shifted.
  static func trueLocation(ofShown shown: Location) -> Location {
    guard isShifted(shown) else { return shown }
    var guess = shown
    // Each round divides the error by about a thousand.
    for _ in 0..<4 {
      let there = shownLocation(of: guess)
      guess.latitude += shown.latitude - there.latitude
      guess.longitude += shown.longitude - there.longitude
    }
    return Location(latitude: rounded(guess.latitude), longitude: rounded(guess.longitude))
  }

  /// Where such a map shows a place.
  static func shownLocation(of place: Location) -> Location {
    guard isShifted(place) else { return place }
    let x = place.longitude - 105
    let y = place.latitude - 35
    let radians = place.latitude / 180 * .pi
    let magic = 1 - eccentricity * sin(radians) * sin(radians)
    let north = axis * (1 - eccentricity) / (magic * magic.squareRoot()) * .pi
    let east = axis / magic.squareRoot() * cos(radians) * .pi
    return Location(
      latitude: place.latitude + metresNorth(x, y) * 180 / north,
      longitude: place.longitude + metresEast(x, y) * 180 / east)
  }

  private static func isShifted(_ place: Location) -> Bool {
    (0.8293...55.8271).contains(place.latitude) && (72.004...137.8347).contains(place.longitude)
  }

  private static func metresNorth(_ x: Double, _ y: Double) -> Double {
    let plain = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot()
    let short = wave(6 * x, 20) + wave(2 * x, 20)
    return plain + short + wave(y, 20) + wave(y / 3, 40) + wave(y / 12, 160) + wave(y / 30, 320)
  }

  private static func metresEast(_ x: Double, _ y: Double) -> Double {
    let plain = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot()
    let short = wave(6 * x, 20) + wave(2 * x, 20)
    return plain + short + wave(x, 20) + wave(x / 3, 40) + wave(x / 12, 150) + wave(x / 30, 300)
  }

  private static func wave(_ halfTurns: Double, _ height: Double) -> Double {
    height * sin(halfTurns * .pi) * 2 / 3
  }

  /// To the seventh decimal: about a centimetre.
  private static func rounded(_ degrees: Double) -> Double { (degrees * 1e7).rounded() / 1e7 }
}
