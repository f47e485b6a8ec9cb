import Cases
import Yams

/// Reads the operator's reply policy, a YAML mapping of `version`, `replyWorkingDays`, `urgentWorkingDays`,
/// `reminderWorkingDaysBefore`, `reminderTime` (`HH:MM`) and `deliveryWorkingDays`; what is left out but the version is as built in.
enum PolicyFile {
  /// - Throws: ``SettingsError`` with file and line.
  static func read(_ text: String, file: String) throws(SettingsError) -> ReplyPolicy {
    func fault(_ line: Int?, _ what: String) -> SettingsError {
      SettingsError("HUIYIN_POLICY: \(file)\(line.map { ":\($0)" } ?? ""): \(what)")
    }
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch {
      throw fault((error as? YamlError).flatMap(line), "not YAML: \(summary(error))")
    }
    guard let mapping = root?.mapping else { throw fault(root?.mark?.line, "must be a mapping") }
    let standard = ReplyPolicy.standard
    var version: String?
    var days = [
      "replyWorkingDays": standard.replyWorkingDays,
      "reminderWorkingDaysBefore": standard.reminderWorkingDaysBefore,
      "deliveryWorkingDays": standard.deliveryWorkingDays,
    ]
    var urgent = standard.urgentWorkingDays
    var time = standard.reminderTime
    for (key, value) in mapping {
      let line = key.mark?.line
      let name = key.string ?? "?"
      guard let text = value.scalar?.string else { throw fault(line, "\(name) must be a single value") }
      switch name {
      case "version": version = text
      case "reminderTime":
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { $0.count == 2 ? Int($0) : nil }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
          (0..<60).contains(minute)
        else { throw fault(line, "reminderTime must be HH:MM, is \(text)") }
        time = .seconds(hour * 3600 + minute * 60)
      case _ where days[name] != nil || name == "urgentWorkingDays":
        guard let number = Int(text) else { throw fault(line, "\(name) must be a whole number, is \(text)") }
        if name == "urgentWorkingDays" { urgent = number } else { days[name] = number }
      default: throw fault(line, "unknown key \(name)")
      }
    }
    guard let version else { throw fault(nil, "version is missing") }
    do throws(ReplyPolicy.InvalidField) {
      return try ReplyPolicy(
        version: version, replyWorkingDays: days["replyWorkingDays"] ?? standard.replyWorkingDays,
        urgentWorkingDays: urgent,
        reminderWorkingDaysBefore: days["reminderWorkingDaysBefore"] ?? standard.reminderWorkingDaysBefore,
        reminderTime: time, deliveryWorkingDays: days["deliveryWorkingDays"] ?? standard.deliveryWorkingDays)
    } catch {
      let line = mapping.first { $0.key.string == error.field }?.key.mark?.line
      throw fault(line, error.description)
    }
  }

  private static func line(_ error: YamlError) -> Int? {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: nil
    }
  }

  private static func summary(_ error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    default: "it can't be read"
    }
  }
}
