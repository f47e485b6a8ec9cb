extension CasePage {
  static let template = """
    {{>head}}
    <ol class="steps">
    {{#steps}}
    <li class="{{style}}"{{#isNow}} aria-current="step"{{/isNow}}><strong>{{name}}</strong> <span>{{state}}</span>\
    {{#at}} <time>{{.}}</time>{{/at}}</li>
    {{/steps}}
    </ol>
    {{#office}}<p class="actions"><a class="button" href="{{desk}}">{{d.handle}}</a></p>{{/office}}
    <dl class="facts">
    {{#facts}}
    <dt>{{label}}</dt><dd><bdi>{{value}}</bdi>{{#note}} <small><bdi>{{.}}</bdi></small>{{/note}}</dd>
    {{/facts}}
    {{#office}}
    {{#facts}}
    <dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd>
    {{/facts}}
    {{/office}}
    </dl>
    {{#texts}}
    <section><h2>{{label}}</h2>
    {{#hasSubtitle}}<h3><bdi>{{#subtitle}}{{#isMarked}}<mark>{{/isMarked}}{{text}}{{#isMarked}}</mark>{{/isMarked}}\
    {{/subtitle}}</bdi></h3>{{/hasSubtitle}}
    <p class="text" dir="auto">{{#pieces}}{{#isMarked}}<mark>{{/isMarked}}{{text}}{{#isMarked}}</mark>{{/isMarked}}\
    {{/pieces}}</p></section>
    {{/texts}}
    {{#hasAttachments}}
    <section><h2>{{w.attachments}}</h2><ul>
    {{#attachments}}
    <li>{{#link}}<a href="{{.}}" rel="noopener noreferrer nofollow">{{/link}}<bdi>{{url}}</bdi>{{#link}}</a>{{/link}} \
    <small><bdi>{{mediaType}}</bdi></small></li>
    {{/attachments}}
    </ul></section>
    {{/hasAttachments}}
    {{#office}}{{>office}}{{/office}}
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
}

extension CaseOfficePart {
  static let template = """
    {{#hasMarks}}<p><small>{{d.markedWords}}</small></p>{{/hasMarks}}
    <section><h2>{{d.derivation}}</h2>
    <dl class="facts">
    <dt>{{d.rule}}</dt><dd>{{deadline.rule}}</dd>
    <dt>{{d.calendar}}</dt><dd>{{deadline.calendar}}</dd>
    <dt>{{d.policy}}</dt><dd>{{deadline.policy}}</dd>
    {{#deadline.daysOff}}<dt>{{d.daysOff}}</dt><dd>{{.}}</dd>{{/deadline.daysOff}}
    </dl>
    <ol class="account">
    {{#deadline.steps}}
    <li><time>{{at}}</time> <strong>{{what}}</strong> <bdi>{{detail}}</bdi></li>
    {{/deadline.steps}}
    </ol></section>
    <section><h2>{{d.told}}</h2>
    {{#isUntold}}<p>{{d.none}}</p>{{/isUntold}}
    {{^isUntold}}
    <table>
    <thead><tr><th scope="col">{{w.time}}</th><th scope="col">{{d.whom}}</th><th scope="col">{{d.about}}</th>\
    <th scope="col">{{d.channel}}</th><th scope="col">{{d.outcome}}</th></tr></thead>
    <tbody>
    {{#told}}
    <tr><td data-label="{{w.time}}">{{at}}</td><td data-label="{{d.whom}}"><bdi>{{whom}}</bdi></td>\
    <td data-label="{{d.about}}">{{about}}</td><td data-label="{{d.channel}}">{{channel}}</td>\
    <td data-label="{{d.outcome}}"><bdi>{{outcome}}</bdi></td></tr>
    {{/told}}
    </tbody>
    </table>
    {{/isUntold}}
    </section>
    {{#hasKin}}
    <section><h2>{{d.kin}}</h2><ul>
    {{#kin}}
    <li><a href="{{address}}">{{number}}</a> {{bond}}</li>
    {{/kin}}
    </ul></section>
    {{/hasKin}}

    """
}
