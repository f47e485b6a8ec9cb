package import YAMLForms

/// Reads an operator's list of signs from YAML:
///
/// ```yaml
/// version: urgency-2026-1
/// signs:
///   - sign: 燃气泄漏
///     words: [燃气泄漏, 煤气味]
///     except: [煤气味精]              # optional: words in which a sign only seems to stand
/// ```
package enum SignFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one.
  package static func read(_ path: String) throws(InvalidFile) -> SignList {
    try parse(try YAMLFile.text(of: path), file: path)
  }

  /// - Parameter file: what the faults are to call it.
  package static func parse(_ yaml: String, file: String) throws(InvalidFile) -> SignList {
    var form = YAMLReading(file: file)
    let top = form.mapping(
      try YAMLFile.compose(yaml, file: file), "the list", keys: ["version", "signs"], required: ["version", "signs"])
    let version = form.text(top["version"], "version") ?? ""
    var entries: [SignList.Entry] = []
    var lines: [Int?] = []
    for node in form.list(top["signs"], "signs") {
      let fields = form.mapping(node, "a sign", keys: ["sign", "words", "except"], required: ["sign", "words"])
      lines.append(form.line(of: node))
      entries.append(
        SignList.Entry(
          sign: form.text(fields["sign"], "sign") ?? "", words: form.texts(fields["words"], "words"),
          except: form.texts(fields["except"], "except")))
    }
    try form.check()
    do throws(SignList.Fault) {
      return try SignList(version: version, entries: entries)
    } catch {
      let line = error.entry.map { lines[$0] } ?? form.line(of: top["version"])
      throw InvalidFile([FileFault(file: file, line: line, message: error.message)])
    }
  }
}
