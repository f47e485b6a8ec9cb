extension HealthPage {
  static let template = """
    {{>head}}
    <p class="verdict {{#isWell}}well{{/isWell}}{{^isWell}}unwell{{/isWell}}" role="status"><strong>{{verdict}}</strong></p>
    <dl class="health">
    {{#lines}}
    <div><dt>{{label}}</dt><dd><strong>{{#isWell}}{{w.fine}}{{/isWell}}{{^isWell}}{{w.attention}}{{/isWell}}</strong> \
    <bdi>{{text}}</bdi>{{#advice}} <small>{{.}}</small>{{/advice}}</dd></div>
    {{/lines}}
    </dl>
    <h2>{{w.stages}}</h2>
    <dl class="health">
    {{#groups}}
    <div><dt>{{label}}</dt><dd><strong>{{#isWell}}{{w.fine}}{{/isWell}}{{^isWell}}{{w.attention}}{{/isWell}}</strong> \
    <bdi>{{text}}</bdi>{{#advice}} <small>{{.}}</small>{{/advice}}</dd></div>
    {{/groups}}
    </dl>
    {{#hasWorkers}}
    <h2>{{w.workers}}</h2>
    <dl class="health">
    {{#workers}}
    <div><dt>{{label}}</dt><dd><strong>{{#isWell}}{{w.fine}}{{/isWell}}{{^isWell}}{{w.attention}}{{/isWell}}</strong> \
    <bdi>{{text}}</bdi>{{#advice}} <small>{{.}}</small>{{/advice}}</dd></div>
    {{/workers}}
    </dl>
    {{/hasWorkers}}
    {{>foot}}
    """
}
