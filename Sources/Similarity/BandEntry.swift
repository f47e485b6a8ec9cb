package import Cases
package import Time

/// One opinion in one band: the data of `cn.huiyin.similarity.band.v1`, keyed by what the opinions that meet there share.
package struct BandEntry: Hashable, Sendable, Codable {
  package var caseID: CaseID
  /// Of the opinion.
  package var received: GivenTime
  /// Id of the township's station; `nil` where nobody knows the place.
  package var region: String?
  package var band: Int
  package var sketch: Sketch

  package init(caseID: CaseID, received: GivenTime, region: String?, band: Int, sketch: Sketch) {
    self.caseID = caseID
    self.received = received
    self.region = region
    self.band = band
    self.sketch = sketch
  }

  /// `version/region/band/values`: opinions of different regions, and sketches of different versions, never meet.
  package var key: String {
    "\(Sketch.version)/\(region ?? "-")/\(band)/\(String(sketch.band(band), radix: 16))"
  }

  private enum CodingKeys: String, CodingKey {
    case caseID = "case"
    case received, region, band, sketch
  }
}
