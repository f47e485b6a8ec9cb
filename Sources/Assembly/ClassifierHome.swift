package import Classification
import Foundation
import YAMLForms

/// Where the model and the categories are read from.
package enum ClassifierHome {
  /// - Parameters:
  ///   - model: path of a model, nil for the one that ships with the program.
  ///   - categories: path of the categories' YAML, nil for those that ship with the program.
  /// - Throws: ``SettingsError`` that names the setting, the file and what is wrong with it.
  package static func open(model: String?, categories: String?) throws(SettingsError) -> Classifier {
    let read: Model
    do throws(ModelError) {
      read = try Model(path: model ?? shipped("opinions.model"))
    } catch {
      throw SettingsError("HUIYIN_MODEL: \(error)")
    }
    return Classifier(model: read, categories: try Self.categories(categories))
  }

  /// - Parameter path: of the categories' YAML, nil for those that ship with the program.
  /// - Throws: ``SettingsError`` that names the setting, the file and what is wrong with it.
  package static func categories(_ path: String?) throws(SettingsError) -> Categories {
    do throws(InvalidFile) {
      return try CategoryFile.read(path ?? shipped("categories.yaml"))
    } catch {
      throw SettingsError("HUIYIN_CATEGORIES: \(error)")
    }
  }

  /// What ships lies in a folder beside the program, wherever both were copied to.
  private static func shipped(_ name: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "Huiyin_Classification.resources").appending(path: name).path
  }
}
