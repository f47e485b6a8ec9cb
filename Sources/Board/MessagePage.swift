import WebPages

/// What the template `message` is filled with.
struct MessagePage {
  let frame: PageFrame
  let text: String

  static let template = """
    {{>head}}
    <p>{{text}}</p>
    {{>foot}}
    """
}
