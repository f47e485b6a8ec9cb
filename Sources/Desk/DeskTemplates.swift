import HTTPTypes
import HTTPValues
import Mustache
import Templating
import WebPages

/// The desk's pages, compiled in. `<bdi>` keeps the writing direction of foreign text to itself.
enum DeskTemplates {
  /// A page, guarded: see ``PagePolicy``.
  static func page(_ name: String, _ content: Any, status: HTTPResponse.Status = .ok) -> Response {
    guard let html = library?.render(content, withTemplate: name) else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    return PagePolicy.guarded(.html(html, status: status))
  }

  /// `nil` only if a template below is broken, which a test would tell.
  private static let library = PageTemplates.library(
    PageFrame.templates + [
      ("desk-list", list), ("desk-form", form), ("desk-text", text), ("desk-case", `case`), ("desk-citizen", citizen),
      ("desk-message", message),
    ])

  private static let list = """
    {{>head}}
    {{#trouble}}<p class="fault" role="alert">{{.}} <a href="/desk">{{w.first}}</a></p>{{/trouble}}
    <dl class="counts">
    {{#counts}}
    <div><dt>{{label}}</dt><dd>{{value}}</dd></div>
    {{/counts}}
    </dl>
    {{#isEmpty}}<p>{{w.none}}</p>{{/isEmpty}}
    {{#sections}}
    <section class="desk"><h2>{{title}} <small>{{count}}</small></h2>
    <ul class="cards">
    {{#cards}}
    <li{{#isLate}} class="late"{{/isLate}}><a href="{{address}}"><strong class="number">{{number}}</strong> \
    <bdi>{{category}}</bdi></a>
    <p><strong class="distance">{{distance}}</strong> · {{w.due}} <time>{{due}}</time>\
    {{#isProvisional}} ({{w.provisional}}){{/isProvisional}} · {{stage}}</p>
    <p><small>{{w.received}} <time>{{received}}</time>{{#owner}} · {{w.owner}} <bdi>{{.}}</bdi>{{/owner}}</small></p></li>
    {{/cards}}
    </ul></section>
    {{/sections}}
    <p class="pages">{{#isFurther}}<a href="/desk">{{w.first}}</a> {{/isFurther}}\
    {{#next}}<a rel="next" href="{{.}}">{{w.next}}</a>{{/next}}</p>
    {{>foot}}
    """

  private static let text = """
    {{#texts}}
    <section><h2>{{label}}</h2>{{#subtitle}}<h3><bdi>{{.}}</bdi></h3>{{/subtitle}}
    <p class="text" dir="auto">{{text}}</p>
    {{#hasFiles}}<ul class="files">
    {{#files}}
    <li>{{#link}}<a href="{{.}}">{{#isPicture}}<img src="{{link}}" alt="{{label}}" loading="lazy">{{/isPicture}}\
    {{^isPicture}}{{label}}{{/isPicture}}</a>{{/link}}{{^link}}{{label}}: <bdi>{{note}}</bdi>{{/link}}</li>
    {{/files}}
    </ul>{{/hasFiles}}</section>
    {{/texts}}

    """

  private static let form = """
    <details class="command" id="{{name}}"{{#isOpen}} open{{/isOpen}}><summary>{{title}}</summary>
    {{#formNote}}<p class="note">{{.}}</p>{{/formNote}}
    {{#formTrouble}}<p class="fault" role="alert">{{.}}</p>{{/formTrouble}}
    <form method="post" action="{{action}}#outcome" accept-charset="utf-8"{{#takesFiles}} enctype="multipart/form-data"{{/takesFiles}}>
    <input type="hidden" name="form" value="{{formToken}}"><input type="hidden" name="id" value="{{token}}">
    {{#fields}}
    <div class="field">
    {{#isConfirmation}}<label><input type="checkbox" id="{{id}}" name="{{name}}" value="yes"{{#isTicked}} checked{{/isTicked}} \
    required{{#described}} aria-describedby="{{.}}"{{/described}}{{#fieldFault}} aria-invalid="true"{{/fieldFault}}> {{label}}</label>{{/isConfirmation}}\
    {{^isConfirmation}}<label for="{{id}}">{{label}}{{^isRequired}} <small>({{w.optional}})</small>{{/isRequired}}</label>{{/isConfirmation}}
    {{#fieldHint}}<p class="hint" id="{{id}}-hint">{{fieldHint}}</p>{{/fieldHint}}
    {{#isLine}}<input type="text" id="{{id}}" name="{{name}}" value="{{value}}" maxlength="{{limit}}"\
    {{#isRequired}} required{{/isRequired}}{{#described}} aria-describedby="{{.}}"{{/described}}{{#fieldFault}} aria-invalid="true"{{/fieldFault}}>{{/isLine}}\
    {{#isNumber}}<input type="number" inputmode="numeric" id="{{id}}" name="{{name}}" value="{{value}}" min="{{low}}" max="{{high}}"\
    {{#isRequired}} required{{/isRequired}}{{#described}} aria-describedby="{{.}}"{{/described}}{{#fieldFault}} aria-invalid="true"{{/fieldFault}}>{{/isNumber}}\
    {{#isText}}<textarea id="{{id}}" name="{{name}}" rows="4" maxlength="{{limit}}"\
    {{#isRequired}} required{{/isRequired}}{{#described}} aria-describedby="{{.}}"{{/described}}{{#fieldFault}} aria-invalid="true"{{/fieldFault}}>\
    {{value}}</textarea>{{/isText}}\
    {{#isChoice}}<select id="{{id}}" name="{{name}}"{{#isRequired}} required{{/isRequired}}\
    {{#described}} aria-describedby="{{.}}"{{/described}}{{#fieldFault}} aria-invalid="true"{{/fieldFault}}>
    <option value="">{{w.choose}}</option>
    {{#groups}}
    {{#groupTitle}}<optgroup label="{{.}}">{{/groupTitle}}
    {{#choices}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/choices}}
    {{#groupTitle}}</optgroup>{{/groupTitle}}
    {{/groups}}
    </select>{{/isChoice}}
    {{#fieldFault}}<p class="wrong" id="{{id}}-wrong">{{fieldFault}}</p>{{/fieldFault}}
    </div>
    {{/fields}}
    {{#takesFiles}}
    <div class="field"><label for="{{filesID}}">{{filesLabel}}</label>
    <p class="hint" id="{{filesID}}-hint">{{filesHint}}</p>
    {{#keptText}}<p class="kept">{{.}} <label><input type="checkbox" name="drop" value="1"> {{dropLabel}}</label></p>{{/keptText}}
    <input type="hidden" name="kept" value="{{kept}}">
    <input type="file" id="{{filesID}}" name="files" multiple accept="image/*,audio/*,video/*" aria-describedby="{{filesID}}-hint">
    {{#filesFault}}<p class="wrong">{{.}}</p>{{/filesFault}}</div>
    {{/takesFiles}}
    <button type="submit">{{title}}</button>
    </form></details>

    """

  private static let `case` = """
    {{>head}}
    <div id="outcome">
    {{#outcome}}
    <section class="outcome {{style}}" role="status"><h2>{{title}}</h2>
    {{#lines}}
    <p><strong>{{name}}</strong>{{#detail}} <bdi>{{.}}</bdi>{{/detail}} <small>{{at}}</small></p>
    {{/lines}}
    {{#text}}<p>{{.}}</p>{{/text}}
    {{#link}}<p><a href="{{.}}">{{linkLabel}}</a></p>{{/link}}</section>
    {{/outcome}}
    {{#trouble}}<p class="fault" role="alert">{{.}}</p>{{/trouble}}
    </div>
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd{{#isLate}} class="late"{{/isLate}}><bdi>{{value}}</bdi>{{#note}} <small><bdi>{{.}}</bdi></small>{{/note}}</dd>
    {{/facts}}
    </dl>
    {{>desk-text}}
    <section class="commands"><h2>{{w.actions}}</h2>
    {{#hasNoForms}}<p>{{w.noActions}}</p>{{/hasNoForms}}
    {{#citizen}}<p><a href="{{.}}">{{w.citizenLink}}</a></p>{{/citizen}}
    {{#forms}}
    {{>desk-form}}
    {{/forms}}
    </section>
    <section><h2>{{w.history}}</h2>
    <ol class="history" reversed>
    {{#history}}
    <li value="{{sequence}}"><strong>{{name}}</strong>{{#detail}} <bdi>{{.}}</bdi>{{/detail}} <small><time>{{at}}</time></small></li>
    {{/history}}
    </ol>
    <p><a href="{{wholeAddress}}">{{w.wholeHistory}}</a> · <a href="/desk">{{w.backToDesk}}</a></p></section>
    {{>foot}}
    """

  private static let citizen = """
    {{>head}}
    {{#outcome}}
    <section class="outcome {{style}}" role="status"><h2>{{title}}</h2>
    {{#text}}<p>{{.}}</p>{{/text}}</section>
    {{/outcome}}
    {{#hasFacts}}
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd>
    {{/facts}}
    </dl>
    {{/hasFacts}}
    {{#notice}}<p class="note">{{.}}</p>{{/notice}}
    {{>desk-text}}
    {{#forms}}
    {{>desk-form}}
    {{/forms}}
    <p><a href="{{backAddress}}">{{w.back}}</a></p>
    {{>foot}}
    """

  private static let message = """
    {{>head}}
    <p>{{text}}</p>
    <p><a href="/desk">{{w.backToDesk}}</a></p>
    {{>foot}}
    """
}
