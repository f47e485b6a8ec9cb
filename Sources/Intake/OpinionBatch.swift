package import Cases

/// The body of `POST /opinions` where it is a JSON list: 1 to 100 opinions, each as ``OpinionForm`` reads one. All of
/// them are well formed, or none is taken.
package struct OpinionBatch: Sendable {
  package static let maximumCount = 100

  /// What is wrong with an entry.
  package struct Fault: Hashable, Sendable, Encodable {
    /// The first is 0.
    package let index: Int
    package let detail: String
  }

  package enum Problem: Error, Hashable, Sendable {
    /// The body is no list at all.
    case malformed(Malformed)
    /// There are none, or too many.
    case count
    /// Every entry that is wrong.
    case entries([Fault])
  }

  package let opinions: [Opinion]

  package init(body: [UInt8]) throws(Problem) {
    let list: List
    do throws(Malformed) {
      list = try JSONData.decode(List.self, from: body)
    } catch {
      throw .malformed(error)
    }
    guard list.isWithinCount else { throw .count }
    var opinions: [Opinion] = []
    var faults: [Fault] = []
    for (index, entry) in list.entries.enumerated() {
      switch entry.form {
      case .success(let form): opinions.append(form.opinion)
      case .failure(let error): faults.append(Fault(index: index, detail: error.reason))
      }
    }
    guard faults.isEmpty else { throw .entries(faults) }
    self.opinions = opinions
  }

  /// A body that is a list, whatever is in it.
  package static func isList(_ body: [UInt8]) -> Bool {
    body.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "[")
  }

  /// Reads no entry of a list that is too long.
  private struct List: Decodable {
    var entries: [OpinionForm.Entry] = []
    let isWithinCount: Bool

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      isWithinCount = (1...OpinionBatch.maximumCount).contains(container.count ?? 0)
      guard isWithinCount else { return }
      while !container.isAtEnd { entries.append(try container.decode(OpinionForm.Entry.self)) }
    }
  }
}
