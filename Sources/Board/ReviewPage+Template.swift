extension ReviewPage {
  static let template = """
    {{>head}}
    <p class="total">{{total}}</p>
    {{#isEmpty}}<p>{{w.noneToReview}}</p>{{/isEmpty}}
    {{^isEmpty}}
    <table>
    <thead><tr><th scope="col">{{w.number}}</th><th scope="col">{{w.doubt}}</th><th scope="col">{{w.guesses}}</th>\
    <th scope="col">{{w.owner}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.due}}</th><td></td></tr></thead>
    <tbody>
    {{#lines}}
    <tr><td data-label="{{w.number}}"><a href="{{address}}">{{number}}</a></td>\
    <td data-label="{{w.doubt}}"><bdi>{{reasonText}}</bdi></td>\
    <td data-label="{{w.guesses}}"><bdi>{{guesses}}</bdi></td><td data-label="{{w.owner}}"><bdi>{{ownerName}}</bdi></td>\
    <td data-label="{{w.received}}">{{receivedAt}}</td><td data-label="{{w.due}}">{{dueOn}}</td>\
    <td><a href="{{desk}}" aria-label="{{w.correct}} {{number}}">{{w.correct}}</a></td></tr>
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
