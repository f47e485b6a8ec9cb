extension LetterPage {
  static let template = """
    {{>head}}
    {{#note}}<p class="note" role="status">{{.}}</p>{{/note}}
    {{#question}}
    <form class="notice" method="post" action="{{action}}">
    <p><strong>{{ask}}</strong> {{note}}</p>
    <input type="hidden" name="{{formField}}" value="{{formToken}}">
    <p class="actions"><button>{{confirm}}</button> <a href="{{cancel}}">{{w.cancel}}</a></p>
    </form>
    {{/question}}
    {{^question}}
    <p class="actions">{{#retry}}<a class="button" href="{{.}}">{{w.retry}}</a>{{/retry}} \
    {{#drop}}<a class="button" href="{{.}}">{{w.drop}}</a>{{/drop}} <a href="/dead-letters">{{w.back}}</a></p>
    {{/question}}
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd>
    {{/facts}}
    {{#caseAddress}}<dt>{{w.caseLabel}}</dt><dd><a href="{{.}}">{{caseText}}</a></dd>{{/caseAddress}}
    </dl>
    <p>{{w.isKept}}</p>
    <h2>{{w.headers}}</h2>
    <dl class="facts">
    {{#headers}}
    <dt>{{name}}</dt><dd><bdi>{{value}}</bdi></dd>
    {{/headers}}
    </dl>
    {{>foot}}
    """
}

extension LetterListPage {
  static let template = """
    {{>head}}
    <p>{{w.intro}}</p>
    <p class="total">{{waiting}}</p>
    {{#isEmpty}}<p>{{w.none}}</p>{{/isEmpty}}
    {{^isEmpty}}
    <table>
    <thead><tr><th scope="col">{{w.letter}}</th><th scope="col">{{w.stage}}</th><th scope="col">{{w.reason}}</th>\
    <th scope="col">{{w.failed}}</th><th scope="col">{{w.status}}</th><th scope="col">{{w.parked}}</th></tr></thead>
    <tbody>
    {{#lines}}
    <tr><td data-label="{{w.letter}}"><a href="{{address}}">{{id}}</a></td><td data-label="{{w.stage}}">{{stage}}</td>\
    <td data-label="{{w.reason}}"><bdi>{{reason}}</bdi></td><td data-label="{{w.failed}}">{{failedAt}}</td>\
    <td data-label="{{w.status}}">{{status}}</td>\
    <td data-label="{{w.parked}}">{{#caseAddress}}<a href="{{.}}">{{w.caseLabel}}</a> {{/caseAddress}}\
    {{#isParked}}{{w.parkedNote}}{{/isParked}}</td></tr>
    {{/lines}}
    </tbody>
    </table>
    {{/isEmpty}}
    <nav class="pages">
    {{#first}}<a href="{{.}}">{{w.first}}</a>{{/first}}
    {{#next}}<a href="{{.}}" rel="next">{{w.next}}</a>{{/next}}
    </nav>
    {{>foot}}
    """
}
