extension CaseListPage {
  static let template = """
    {{>head}}
    {{>search}}
    <details class="filter"{{#isFiltered}} open{{/isFiltered}}><summary>{{w.filter}}</summary>
    <form method="get" action="{{action}}">
    {{#hasStandings}}
    <label>{{w.standing}} <select name="standing">
    {{#standings}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/standings}}
    </select></label>
    {{/hasStandings}}
    <label>{{w.owner}} <select name="owner"><option value="">{{w.allOwners}}</option>
    {{#owners}}
    <optgroup label="{{label}}">
    {{#choices}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/choices}}
    </optgroup>
    {{/owners}}
    </select></label>
    <label>{{w.deputy}} <input name="deputy" value="{{deputy}}" maxlength="100" placeholder="{{w.deputyHint}}"></label>
    <label>{{w.category}} <select name="category"><option value="">{{w.allCategories}}</option>
    {{#categories}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/categories}}
    </select></label>
    <label>{{w.step}} <select name="step"><option value="">{{w.allSteps}}</option>
    {{#steps}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/steps}}
    </select></label>
    <label>{{w.sort}} <select name="sort">
    {{#orders}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/orders}}
    </select></label>
    <label class="check"><input type="checkbox" name="reverse" value="1"{{#isReversed}} checked{{/isReversed}}> \
    {{w.reverse}}</label>
    <button>{{w.apply}}</button> <a href="{{action}}">{{w.reset}}</a>
    </form></details>
    {{#notes}}
    <p class="note" role="status">{{.}}</p>
    {{/notes}}
    <p class="total">{{total}} · <a href="{{export}}" download>{{w.export}}</a>\
    {{#exportLimit}} <small>{{.}}</small>{{/exportLimit}}</p>
    {{#isEmpty}}<p>{{w.none}}</p>{{/isEmpty}}
    {{#hasLines}}
    <table>
    <thead><tr>
    {{#columns}}
    <th scope="col"{{#direction}} aria-sort="{{.}}"{{/direction}}>\
    {{#address}}<a href="{{.}}" aria-label="{{w.sortBy}}{{label}}">{{/address}}{{label}}{{#address}}</a>{{/address}}</th>
    {{/columns}}
    </tr></thead>
    <tbody>
    {{>caselines}}
    </tbody>
    </table>
    {{/hasLines}}
    <nav class="pages">
    {{#first}}<a href="{{.}}">{{w.first}}</a>{{/first}}
    {{#next}}<a href="{{.}}" rel="next">{{w.next}}</a>{{/next}}
    </nav>
    {{>foot}}
    """
}
