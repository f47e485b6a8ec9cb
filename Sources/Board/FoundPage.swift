import Monitoring
import WebPages

/// What the template `found` is filled with: the cases that somebody looked for by number.
struct FoundPage {
  let frame: PageFrame
  let w: ListWords
  let lines: [CaseRowText]
  let isEmpty: Bool

  init(_ frame: PageFrame, _ words: ListWords, _ lines: [CaseRowText]) {
    self.frame = frame
    w = words
    self.lines = lines
    isEmpty = lines.isEmpty
  }

  static let template = """
    {{>head}}
    {{>search}}
    {{#isEmpty}}<p>{{w.searchNone}}</p>{{/isEmpty}}
    {{^isEmpty}}
    <table>
    <thead><tr><th scope="col">{{w.number}}</th><th scope="col">{{w.standing}}</th><th scope="col">{{w.owner}}</th>\
    <th scope="col">{{w.category}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.due}}</th>\
    <th scope="col">{{w.workingDaysLate}}</th><th scope="col">{{w.step}}</th>\
    <th scope="col">{{w.lastEvent}}</th></tr></thead>
    <tbody>
    {{>caselines}}
    </tbody>
    </table>
    {{/isEmpty}}
    {{>foot}}
    """
}
