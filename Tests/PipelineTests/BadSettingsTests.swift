import Foundation
import Testing

/// What an operator gets wrong is said with variable, file and line, and nothing is started.
@Suite struct `Bad settings` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func start(_ environment: [String: String]) throws -> Executables.Result {
    var all = ["HUIYIN_DATA": folder.path("data"), "HUIYIN_HTTP": "127.0.0.1:0"]
    all.merge(environment) { $1 }
    return try Executables.run("huiyin", ["serve"], all)
  }

  @Test(arguments: [
    ("HUIYIN_LOG", "postgres:x", "must begin with sqlite: or kafka://"),
    ("HUIYIN_LOG", "kafka://nowhere", "host:port must follow kafka://"),
    ("HUIYIN_THREADS", "many", "whole number from 1 to 64"),
    ("HUIYIN_THREADS", "0", "whole number from 1 to 64"),
    ("HUIYIN_PARTITIONS", "-3", "whole number"),
    ("HUIYIN_TOPIC_PREFIX", "a b", "letters, digits"),
    ("HUIYIN_ORPHAN_WAIT", "1h", "whole number"),
    ("HUIYIN_LOG_LEVEL", "loud", "must be one of"),
    ("HUIYIN_LOG_FORMAT", "xml", "must be text or json"),
    ("HUIYIN_HTTP", "somewhere", "somewhere"),
    ("HUIYIN_CASE_KEY", "short", "at least 16"),
    ("HUIYIN_DIRECTORY", "/nonexistent.yaml", "/nonexistent.yaml: can't be read"),
    ("HUIYIN_CALENDAR", "/nonexistent", "/nonexistent can't be read"),
    ("HUIYIN_POLICY", "/nonexistent", "/nonexistent can't be read"),
    ("HUIYIN_URGENCY", "/nonexistent", "/nonexistent can't be read"),
    ("HUIYIN_FEEDBACK", "/nonexistent", "/nonexistent: can't be read"),
  ])
  func `are named`(variable: String, value: String, reason: String) throws {
    let result = try start([variable: value])
    #expect(result.status == 1)
    #expect(result.errors.contains(reason), "\(result.errors)")
    if variable != "HUIYIN_HTTP" { #expect(result.errors.contains(variable), "\(result.errors)") }
  }

  @Test(arguments: [
    ("version: x\nreplyWorkingDays: seven\n", ":2: replyWorkingDays must be a whole number"),
    ("version: x\nreplyWorkingDays: 0\n", ":2: replyWorkingDays: must be 1 to 250"),
    ("version: x\nurgentWorkingDays: soon\n", ":2: urgentWorkingDays must be a whole number"),
    ("version: x\nurgentWorkingDays: 9\n", ":2: urgentWorkingDays: must be no longer than reply, 7 working days, is 9"),
    ("version: x\nreminderTime: 9 o'clock\n", ":2: reminderTime must be HH:MM"),
    ("version: x\n\nspeed: 9\n", ":3: the policy has the unknown key speed"),
    ("replyWorkingDays: 7\n", "the policy has no version"),
    ("- a\n", "the policy is not a mapping"),
    ("version: [\n", "not YAML"),
  ])
  func `in a policy file are named with its line`(text: String, reason: String) throws {
    let path = try folder.write(text, to: "policy.yaml")
    let result = try start(["HUIYIN_POLICY": path])
    #expect(result.status == 1)
    #expect(result.errors.contains("policy.yaml") && result.errors.contains(reason), "\(result.errors)")
  }

  @Test(arguments: [
    ("version: x\n2027-13-01 off 元旦\n", "calendar.txt:2"),
    ("version: x\n2027-01-01 holiday 元旦\n", "calendar.txt:2"),
    ("2027-01-01 off 元旦\n", "version"),
  ])
  func `in a calendar file are named with its line`(text: String, reason: String) throws {
    let path = try folder.write(text, to: "calendar.txt")
    let result = try start(["HUIYIN_CALENDAR": path])
    #expect(result.status == 1)
    #expect(result.errors.contains(reason), "\(result.errors)")
  }

  @Test(arguments: [
    (
      """
      stations:
        - {id: county, name: 县站, level: county}
        - {id: a, name: 甲, level: township, parent: nowhere}
      """, "directory.yaml:3"
    ),
    (
      """
      stations:
        - {id: county, name: 县站, level: county}
        - {id: a, name: 甲, level: township, parent: b}
        - {id: b, name: 乙, level: township, parent: a}
      """, "directory.yaml:"
    ),
  ])
  func `in a directory file, an unknown parent or a cycle, are named with their line`(
    text: String, reason: String
  ) throws {
    let path = try folder.write(text, to: "directory.yaml")
    let result = try start(["HUIYIN_DIRECTORY": path])
    #expect(result.status == 1)
    #expect(result.errors.contains(reason), "\(result.errors)")
  }

  @Test func `a log that is a file of something else is refused`() throws {
    let path = try folder.write("this is no database, and long enough to be taken for one at a glance", to: "log")
    let result = try start(["HUIYIN_LOG": "sqlite:\(path)"])
    #expect(result.status == 1)
    #expect(result.errors.contains(path), "\(result.errors)")
  }

  @Test func `an address that is not of this machine is refused by its name`() throws {
    let result = try start(["HUIYIN_HTTP": "203.0.113.1:80"])
    #expect(result.status == 1)
    #expect(result.errors.contains("203.0.113.1:80"), "\(result.errors)")
  }
}
