import Classification
import Open311

extension ServiceCatalogue {
  /// The operator's categories, each followed by its topics.
  init(_ categories: Categories) {
    self.init(
      categories.names.flatMap { name in
        [Open311Service(category: name)]
          + categories.topics(of: name).map { Open311Service(category: name, subcategory: $0) }
      })
  }
}
