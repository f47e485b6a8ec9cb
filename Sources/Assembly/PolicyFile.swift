import Cases
import YAMLForms
import Yams

/// Reads the operator's reply policy, a YAML mapping of `version`, `replyWorkingDays`, `urgentWorkingDays`,
/// `reminderWorkingDaysBefore`, `reminderTime` (`HH:MM`) and `deliveryWorkingDays`; what is left out but the version is as
/// built in.
enum PolicyFile {
  /// - Throws: ``InvalidFile`` with every fault, each with file and line where it has one.
  static func parse(_ yaml: String, file: String) throws(InvalidFile) -> ReplyPolicy {
    let standard = ReplyPolicy.standard
    var form = YAMLReading(file: file)
    let top = form.mapping(
      try YAMLFile.compose(yaml, file: file), "the policy",
      keys: [
        "version", "replyWorkingDays", "urgentWorkingDays", "reminderWorkingDaysBefore", "reminderTime",
        "deliveryWorkingDays",
      ], required: ["version"])
    func days(_ key: String) -> Int? { form.wholeNumber(top[key], key) }
    let version = form.text(top["version"], "version")
    let reply = days("replyWorkingDays")
    let urgent = days("urgentWorkingDays")
    let reminder = days("reminderWorkingDaysBefore") ?? standard.reminderWorkingDaysBefore
    let delivery = days("deliveryWorkingDays") ?? standard.deliveryWorkingDays
    let time = time(of: top["reminderTime"], &form) ?? standard.reminderTime
    try form.check()
    do throws(ReplyPolicy.InvalidField) {
      return try ReplyPolicy(
        version: version ?? "", replyWorkingDays: reply, urgentWorkingDays: urgent,
        reminderWorkingDaysBefore: reminder, reminderTime: time, deliveryWorkingDays: delivery)
    } catch {
      throw InvalidFile([FileFault(file: file, line: form.line(of: top[error.field]), message: error.description)])
    }
  }

  private static func time(of node: Node?, _ form: inout YAMLReading) -> Duration? {
    guard let text = form.text(node, "reminderTime") else { return nil }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { $0.count == 2 ? Int($0) : nil }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0..<24).contains(hour),
      (0..<60).contains(minute)
    else {
      form.fault(node, "reminderTime must be HH:MM, is \(text)")
      return nil
    }
    return .seconds(hour * 3600 + minute * 60)
  }
}
