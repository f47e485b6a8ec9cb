/// An opinion of which a person said what it is about: a line of what `huiyin train` learns from.
package struct LabelledOpinion: Hashable, Sendable, Codable {
  /// Unique among all; old records may have none.
  package var id: String?
  package var title: String?
  package var text: String
  /// Of the first level.
  package var category: String

  package init(id: String?, title: String?, text: String, category: String) {
    self.id = id
    self.title = title
    self.text = text
    self.category = category
  }
}
