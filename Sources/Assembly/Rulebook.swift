package import Cases
package import Classification
import Desk
package import Feedback
import Foundation
package import Open311
package import Reading
import Routing
import YAMLForms

/// What the stages decide by: read once, before the first record.
package struct Rulebook: Sendable {
  package var calendar: WorkingCalendar
  package var policy: ReplyPolicy
  package var directory: Directory
  package var urgency: SignList
  package var feedback: FeedbackRules
  private let model: String?
  private let categories: String?

  /// Reads the operator's files; what isn't named is as built in.
  /// - Throws: ``SettingsError`` that names the file, the line where there is one, and the fault.
  package init(_ settings: Settings) throws(SettingsError) {
    (model, categories) = (settings.model, settings.categories)
    calendar =
      try settings.calendar.map { path throws(SettingsError) in
        try Self.calendar(in: path, named: "HUIYIN_CALENDAR")
      } ?? .builtIn
    policy = .standard
    if let path = settings.policy {
      policy = try Self.policy(in: path, named: "HUIYIN_POLICY", categories: settings.categories)
    }
    directory = .builtIn
    if let paths = settings.directory {
      do throws(InvalidDirectory) {
        directory = try DirectoryFile.read(paths)
      } catch {
        throw SettingsError("HUIYIN_DIRECTORY: \(error)")
      }
    }
    urgency = .urgency
    if let path = settings.urgency {
      let text = try Self.read(path, "HUIYIN_URGENCY")
      do throws(InvalidFile) {
        urgency = try SignFile.parse(text, file: path)
      } catch {
        throw SettingsError("HUIYIN_URGENCY: \(error)")
      }
    }
    do throws(InvalidFile) {
      feedback = if let path = settings.feedback { try FeedbackFile.read(path) } else { try .shipped() }
    } catch {
      throw SettingsError("HUIYIN_FEEDBACK: \(error)")
    }
  }

  /// Reads another policy than that of the settings.
  /// - Parameter name: of the option that names the file.
  /// - Throws: ``SettingsError`` that names it too, with the file, each line and its fault.
  package func policy(in path: String, named name: String) throws(SettingsError) -> ReplyPolicy {
    try Self.policy(in: path, named: name, categories: categories)
  }

  /// Reads another calendar than that of the settings: the built-in one with the plans of a file.
  /// - Parameter name: of the option that names the file.
  /// - Throws: ``SettingsError`` that names it too, with the file, the line where there is one, and the fault.
  package static func calendar(in path: String, named name: String) throws(SettingsError) -> WorkingCalendar {
    let text = try read(path, name)
    do throws(CalendarFileError) {
      return WorkingCalendar.builtIn.with(try CalendarFile(text, file: path))
    } catch {
      throw SettingsError("\(name): \(error)")
    }
  }

  private static func policy(
    in path: String, named name: String, categories: String?
  ) throws(SettingsError) -> ReplyPolicy {
    let text = try read(path, name)
    let names = try ClassifierHome.categories(categories).names
    do throws(InvalidFile) {
      return try PolicyFile.parse(text, file: path, categories: names)
    } catch {
      throw SettingsError("\(name): \(error)")
    }
  }

  /// Maps the model and reads the categories: for those alone that classify.
  /// - Throws: ``SettingsError`` that names the setting, the file and what is wrong with it.
  package func classifier() throws(SettingsError) -> Classifier {
    try ClassifierHome.open(model: model, categories: categories)
  }

  /// The categories as services.
  /// - Throws: ``SettingsError`` that names the setting, the file and what is wrong with it.
  package func services() throws(SettingsError) -> ServiceCatalogue {
    ServiceCatalogue(try ClassifierHome.categories(categories))
  }

  /// The categories that a case can be given at the desk.
  func deskCategories() throws(SettingsError) -> [DeskCategory] {
    let categories = try knownCategories()
    return categories.names.map { DeskCategory(name: $0, topics: categories.topics(of: $0)) }
  }

  /// The first-level categories' names.
  /// - Throws: ``SettingsError`` that names the setting, the file and what is wrong with it.
  package func categoryNames() throws(SettingsError) -> [String] {
    try knownCategories().names
  }

  package func knownCategories() throws(SettingsError) -> Categories { try ClassifierHome.categories(categories) }

  /// What else is read from an opinion's text.
  package var reader: TextReader { TextReader(directory: directory, urgency: urgency) }

  private static func read(_ path: String, _ variable: String) throws(SettingsError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsError("\(variable): the file \(path) can't be read")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw SettingsError("\(variable): the file \(path) is not UTF-8")
    }
    return text
  }
}
