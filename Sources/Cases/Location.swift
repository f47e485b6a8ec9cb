/// A place on the earth (WGS 84), in degrees.
package struct Location: Hashable, Sendable, Codable {
  /// -90 … 90, north is positive.
  package var latitude: Double
  /// -180 … 180, east is positive.
  package var longitude: Double

  package init(latitude: Double, longitude: Double) {
    self.latitude = latitude
    self.longitude = longitude
  }

  package var isOnEarth: Bool { (-90...90).contains(latitude) && (-180...180).contains(longitude) }
}
