package import Cases

/// The services that are offered, in their order.
package struct ServiceCatalogue: Sendable {
  package let services: [Open311Service]
  private let byCode: [String: Open311Service]

  /// - Parameter services: of those with one code the first counts.
  package init(_ services: [Open311Service]) {
    var byCode: [String: Open311Service] = [:]
    self.services = services.filter { byCode.updateValue(byCode[$0.code] ?? $0, forKey: $0.code) == nil }
    self.byCode = byCode
  }

  package func service(_ code: String) -> Open311Service? { byCode[code] }

  /// The service that a case belongs to, also one that is no longer offered; `nil` before the case has a category.
  package func service(of summary: CaseSummary) -> Open311Service? {
    summary.category.map { Open311Service(category: $0, subcategory: summary.subcategory) }
  }
}
