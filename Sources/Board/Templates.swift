import Mustache
import Templating
import WebPages

/// The pages, compiled in. `<bdi>` keeps the writing direction of foreign text to itself.
enum Templates {
  /// `nil` only if a template below is broken, which a test would tell.
  static let library = PageTemplates.library(
    PageFrame.templates + [
      ("list", list), ("board", board), ("overdue", overdue), ("case", `case`), ("message", message),
      ("review", review),
    ])

  private static let list = """
    <table>
    <thead><tr><th scope="col">{{w.caseNumber}}</th><th scope="col">{{w.owner}}</th><th scope="col">{{w.category}}</th>\
    <th scope="col">{{w.received}}</th><th scope="col">{{w.due}}</th><th scope="col">{{w.workingDaysLate}}</th></tr></thead>
    <tbody>
    {{#lines}}
    <tr><td data-label="{{w.caseNumber}}">{{id}}</td><td data-label="{{w.owner}}"><bdi>{{ownerName}}</bdi></td>\
    <td data-label="{{w.category}}"><bdi>{{categoryName}}</bdi></td><td data-label="{{w.received}}">{{receivedAt}}</td>\
    <td data-label="{{w.due}}">{{dueOn}}{{#isProvisional}} ({{w.provisional}}){{/isProvisional}}</td>\
    <td data-label="{{w.workingDaysLate}}" class="number">{{daysLate}}</td></tr>
    {{/lines}}
    </tbody>
    </table>

    """

  private static let board = """
    {{>head}}
    <dl class="counts">
    {{#counts}}
    <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
    {{/counts}}
    </dl>
    <h2>{{w.mostOverdue}}</h2>
    {{#hasLines}}
    {{>list}}
    {{/hasLines}}
    {{^hasLines}}
    <p>{{w.noneOverdue}}</p>
    {{/hasLines}}
    {{>foot}}
    """

  private static let overdue = """
    {{>head}}
    <p>{{w.overdue}}: <strong>{{total}}</strong>{{#isCut}} · {{w.shown}} {{lineCount}}{{/isCut}}</p>
    {{#hasLines}}
    {{>list}}
    {{/hasLines}}
    {{^hasLines}}
    <p>{{w.noneOverdue}}</p>
    {{/hasLines}}
    {{>foot}}
    """

  private static let review = """
    {{>head}}
    <p>{{w.review}}: <strong>{{total}}</strong>{{#isCut}} · {{w.shown}} {{lineCount}}{{/isCut}}</p>
    {{#hasLines}}
    <table>
    <thead><tr><th scope="col">{{w.caseNumber}}</th><th scope="col">{{w.doubt}}</th><th scope="col">{{w.guesses}}</th>\
    <th scope="col">{{w.owner}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.due}}</th></tr></thead>
    <tbody>
    {{#lines}}
    <tr><td data-label="{{w.caseNumber}}">{{id}}</td><td data-label="{{w.doubt}}"><bdi>{{reasonText}}</bdi></td>\
    <td data-label="{{w.guesses}}"><bdi>{{guesses}}</bdi></td><td data-label="{{w.owner}}"><bdi>{{ownerName}}</bdi></td>\
    <td data-label="{{w.received}}">{{receivedAt}}</td><td data-label="{{w.due}}">{{dueOn}}</td></tr>
    {{/lines}}
    </tbody>
    </table>
    {{/hasLines}}
    {{^hasLines}}
    <p>{{w.noneToReview}}</p>
    {{/hasLines}}
    {{>foot}}
    """

  private static let `case` = """
    {{>head}}
    <ol class="steps">
    {{#steps}}
    <li class="{{style}}"><strong>{{name}}</strong> <span>{{state}}</span>{{#at}} <time>{{.}}</time>{{/at}}</li>
    {{/steps}}
    </ol>
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd><bdi>{{value}}</bdi>{{#note}} <small><bdi>{{.}}</bdi></small>{{/note}}</dd>
    {{/facts}}
    </dl>
    {{#texts}}
    <section><h2>{{label}}</h2>{{#subtitle}}<h3><bdi>{{.}}</bdi></h3>{{/subtitle}}
    <p class="text" dir="auto">{{text}}</p></section>
    {{/texts}}
    {{#hasAttachments}}
    <section><h2>{{w.attachments}}</h2><ul>
    {{#attachments}}
    <li>{{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}<bdi>{{url}}</bdi>{{#link}}</a>{{/link}} \
    <small><bdi>{{mediaType}}</bdi></small></li>
    {{/attachments}}
    </ul></section>
    {{/hasAttachments}}
    <h2>{{w.history}}</h2>
    <table>
    <thead><tr><th scope="col">#</th><th scope="col">{{w.time}}</th><th scope="col">{{w.event}}</th>\
    <th scope="col">{{w.details}}</th></tr></thead>
    <tbody>
    {{#history}}
    <tr><td data-label="#">{{sequence}}</td><td data-label="{{w.time}}">{{happenedAt}}</td>\
    <td data-label="{{w.event}}"><bdi>{{eventName}}</bdi></td>\
    <td data-label="{{w.details}}" class="text" dir="auto">{{detail}}</td></tr>
    {{/history}}
    </tbody>
    </table>
    {{>foot}}
    """

  private static let message = """
    {{>head}}
    <p>{{text}}</p>
    {{>foot}}
    """
}
