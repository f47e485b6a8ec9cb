import Foundation

/// The description of the open API, as one process serves it.
package enum ContractDocument {
  /// What a process may do of it; the operations are tagged with these names.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    /// Takes opinions in.
    case intake
    /// Follows the cases.
    case monitor
  }

  /// - Parameters:
  ///   - file: `openapi.json`, which describes all.
  ///   - parts: What the process doesn't do is left out; where it does all, the file is given as it stands.
  /// - Returns: `nil` for what is no such file.
  package static func bytes(of file: [UInt8], serving parts: Set<Part>) -> [UInt8]? {
    let missing = Set(Part.allCases).subtracting(parts)
    guard var document = (try? JSONSerialization.jsonObject(with: Data(file))) as? [String: Any],
      let paths = document["paths"] as? [String: [String: Any]]
    else { return nil }
    if missing.isEmpty { return file }
    document["paths"] = paths.compactMapValues { item -> [String: Any]? in
      let kept = item.filter { _, value in isServed(value, by: parts) }
      return kept.keys.allSatisfy { $0 == "parameters" } ? nil : kept
    }
    let options: JSONSerialization.WritingOptions = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? JSONSerialization.data(withJSONObject: document, options: options)).map { Array($0) }
  }

  /// What isn't tagged with any part is everybody's, as are the parameters that stand beside the operations.
  private static func isServed(_ member: Any, by parts: Set<Part>) -> Bool {
    let tags = ((member as? [String: Any])?["tags"] as? [String] ?? []).compactMap { Part(rawValue: $0) }
    return tags.isEmpty || tags.contains(where: parts.contains)
  }
}
