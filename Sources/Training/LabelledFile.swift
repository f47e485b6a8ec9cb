import Cases
import FoundationEssentials

/// Reads labelled opinions from JSON lines: `{"id":"1","title":"…","text":"…","category":"教育文体"}`. Corrections that people made
/// have the same form; of two lines with one id, the later one stands.
package enum LabelledFile {
  /// - Throws: ``TrainingError`` that names file and line of the first twenty faults.
  package static func read(_ paths: [String]) throws(TrainingError) -> [LabelledOpinion] {
    var opinions: [LabelledOpinion] = []
    var places: [String: Int] = [:]
    var faults: [String] = []
    for path in paths {
      guard let bytes = FileManager.default.contents(atPath: path) else {
        throw TrainingError("\(path): can't be read")
      }
      for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
        if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
        do throws(Malformed) {
          let opinion = try JSONData.decode(LabelledOpinion.self, from: Array(line))
          if opinion.category.isEmpty { throw Malformed("data.category is empty") }
          if let id = opinion.id, let place = places[id] {
            opinions[place] = opinion
          } else {
            if let id = opinion.id { places[id] = opinions.count }
            opinions.append(opinion)
          }
        } catch {
          faults.append("\(path):\(number + 1): \(error.reason)")
        }
      }
    }
    guard faults.isEmpty else {
      let more = faults.count > 20 ? "\n… and \(faults.count - 20) more" : ""
      throw TrainingError(faults.prefix(20).joined(separator: "\n") + more)
    }
    return opinions
  }
}
