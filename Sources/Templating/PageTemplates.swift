package import Mustache

/// Templates compiled in, of which every one, and every part of one, escapes what it fills in by ``EscapedHTML``: a part
/// doesn't take that over from what it is put into.
package enum PageTemplates {
  /// `nil` if a template is broken, which is our own mistake.
  package static func library(_ templates: [(name: String, text: String)]) -> MustacheLibrary? {
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    var library = MustacheLibrary()
    for (name, text) in templates {
      guard (try? library.register("{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + text, named: name)) != nil else {
        return nil
      }
    }
    return library
  }
}
