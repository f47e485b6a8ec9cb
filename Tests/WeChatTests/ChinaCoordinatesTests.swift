import Cases
import Testing

@testable import WeChat

struct ChinaCoordinatesTests {
  /// True and shown places, as map software converts them.
  private static let places: [(Location, Location)] = [
    (
      Location(latitude: 31.1774276, longitude: 121.5272106),
      Location(latitude: 31.17530398364597, longitude: 121.531541859215)
    ),
    (
      Location(latitude: 22.543847, longitude: 113.912316),
      Location(latitude: 22.540796131694766, longitude: 113.9171764808363)
    ),
    (
      Location(latitude: 39.911954, longitude: 116.377817),
      Location(latitude: 39.91334545536069, longitude: 116.38404722455657)
    ),
  ]

  @Test func `a place shown on a map in China is taken back to where it is`() {
    for (real, shown) in Self.places {
      let there = ChinaCoordinates.shownLocation(of: real)
      #expect(abs(there.latitude - shown.latitude) < 1e-6 && abs(there.longitude - shown.longitude) < 1e-6)
      let back = ChinaCoordinates.trueLocation(ofShown: shown)
      #expect(abs(back.latitude - real.latitude) < 1e-6 && abs(back.longitude - real.longitude) < 1e-6)
    }
  }

  @Test func `elsewhere nothing is shifted`() {
    for place in [Location(latitude: 48.85, longitude: 2.35), Location(latitude: -90, longitude: 180)] {
      #expect(ChinaCoordinates.trueLocation(ofShown: place) == place)
    }
  }
}
