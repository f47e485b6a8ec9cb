import Classification
import Foundation

/// What ships with the programs.
enum Shipped {
  static let folder = URL(filePath: #filePath).appending(path: "../../../Sources/Classification/Resources").standardized
  static let modelPath = folder.appending(path: "opinions.model").path
  static let categoriesPath = folder.appending(path: "categories.yaml").path

  static func classifier() throws -> Classifier {
    Classifier(model: try Model(path: modelPath), categories: try CategoryFile.read(categoriesPath))
  }

  /// With these rules in place of the shipped ones.
  static func classifier(rules: String) throws -> Classifier {
    let yaml = try String(contentsOfFile: categoriesPath, encoding: .utf8).replacing(
      "rules: []", with: "rules:\n" + rules)
    return Classifier(model: try Model(path: modelPath), categories: try CategoryFile.parse(yaml, file: "c.yaml"))
  }
}
