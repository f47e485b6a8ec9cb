import WebPages

/// What the template `definitions` is filled with.
struct DefinitionsPage {
  let frame: PageFrame
  let d: OverviewWords.Definitions

  static let template = """
    {{>head}}
    <p>{{d.intro}}</p>
    <dl class="definitions">
    {{#d.entries}}
    <dt>{{term}}</dt>
    <dd><p><strong>{{formula}}</strong></p>
    <ul>
    {{#explanation}}
    <li>{{.}}</li>
    {{/explanation}}
    </ul></dd>
    {{/d.entries}}
    </dl>
    <p><a href="/">{{d.back}}</a></p>
    {{>foot}}
    """
}
