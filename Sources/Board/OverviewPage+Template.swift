extension OverviewPage {
  static let template = """
    {{>head}}
    <dl class="counts">
    {{#counts}}
    <div><dt>{{label}}</dt><dd>{{#address}}<a href="{{.}}">{{/address}}{{value}}{{#address}}</a>{{/address}}</dd></div>
    {{/counts}}
    </dl>
    <section aria-labelledby="rates"><h2 id="rates">{{w.ratesHeading}}</h2>
    <form class="period" method="get" action="/"><label>{{w.period}} <select name="period">
    {{#periods}}
    <option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
    {{/periods}}
    </select></label> <button>{{w.show}}</button> <a href="/definitions">{{w.definitionsLink}}</a></form>
    <dl class="counts rates">
    {{#shares}}
    <div><dt>{{label}}</dt><dd>{{value}} <small>{{parts}}</small></dd></div>
    {{/shares}}
    </dl>
    <p>{{received}}</p>
    {{#tables}}
    <h3>{{heading}}</h3>
    {{#isEmpty}}<p>{{w.noRates}}</p>{{/isEmpty}}
    {{^isEmpty}}
    <table>
    <thead><tr><th scope="col">{{w.owner}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.response}}</th>\
    <th scope="col">{{w.resolution}}</th><th scope="col">{{w.satisfaction}}</th></tr></thead>
    <tbody>
    {{#lines}}
    <tr><th scope="row" data-label="{{w.owner}}"><bdi>{{name}}</bdi></th>\
    <td data-label="{{w.received}}" class="number">{{received}}</td>\
    <td data-label="{{w.response}}" class="number">{{response}} <small>{{responseParts}}</small></td>\
    <td data-label="{{w.resolution}}" class="number">{{resolution}} <small>{{resolutionParts}}</small></td>\
    <td data-label="{{w.satisfaction}}" class="number">{{satisfaction}} <small>{{satisfactionParts}}</small></td></tr>
    {{/lines}}
    </tbody>
    </table>
    {{/isEmpty}}
    {{/tables}}
    </section>
    {{#trend}}{{>trend}}{{/trend}}
    {{#categories}}{{>categories}}{{/categories}}
    {{>foot}}
    """
}

extension TrendChart {
  static let template = """
    <section aria-labelledby="trend"><h2 id="trend">{{title}}</h2>
    <ul class="key">
    {{#lines}}
    <li><svg class="sample" viewBox="0 0 32 12" width="32" height="12" aria-hidden="true">\
    <path class="course {{style}}" d="M0 6H32"/><path class="mark {{style}}" d="{{sample}}"/></svg> \
    {{label}} <strong class="number">{{total}}</strong></li>
    {{/lines}}
    </ul>
    <svg class="chart" viewBox="0 0 {{width}} {{height}}" role="img" aria-labelledby="trend-title trend-text">
    <title id="trend-title">{{title}}</title>
    <desc id="trend-text">{{summary}}</desc>
    {{#rises}}
    <path class="grid" d="M{{left}} {{y}}H{{right}}"/><text class="tick" x="{{x}}" y="{{y}}" dy="4" \
    text-anchor="end">{{label}}</text>
    {{/rises}}
    {{#days}}
    <text class="tick" x="{{x}}" y="{{y}}" text-anchor="middle">{{label}}</text>
    {{/days}}
    {{#lines}}
    <path class="course {{style}}" d="{{course}}"/><path class="mark {{style}}" d="{{marks}}"/>
    {{/lines}}
    </svg>
    <details><summary>{{w.asTable}}</summary>
    <table>
    <thead><tr><th scope="col">{{w.day}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.answered}}</th>\
    <th scope="col">{{w.becameOverdue}}</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row" data-label="{{w.day}}">{{day}}</th><td data-label="{{w.received}}" class="number">{{received}}</td>\
    <td data-label="{{w.answered}}" class="number">{{answered}}</td>\
    <td data-label="{{w.becameOverdue}}" class="number">{{overdue}}</td></tr>
    {{/rows}}
    </tbody>
    </table></details>
    </section>

    """
}

extension CategoryChart {
  static let template = """
    <section aria-labelledby="by-category"><h2 id="by-category">{{title}}</h2>
    {{#isEmpty}}<p>{{w.noCases}}</p>{{/isEmpty}}
    {{^isEmpty}}
    <svg class="chart" viewBox="0 0 {{width}} {{height}}" role="img" aria-labelledby="category-title category-text">
    <title id="category-title">{{title}}</title>
    <desc id="category-text">{{summary}}</desc>
    <defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
    <path class="hatch" d="M1 0V6"/></pattern></defs>
    {{#bars}}
    <text x="0" y="{{textY}}">{{label}}</text><text class="tick" x="{{right}}" y="{{textY}}" text-anchor="end">{{value}}</text>
    <rect class="bar" x="1" y="{{barY}}" width="{{width}}" height="12"/>\
    <rect class="part" fill="url(#hatch)" x="{{openX}}" y="{{barY}}" width="{{openWidth}}" height="12"/>\
    <rect class="late" x="1" y="{{barY}}" width="{{overdueWidth}}" height="12"/>
    {{/bars}}
    </svg>
    <details><summary>{{w.asTable}}</summary>
    <table>
    <thead><tr><th scope="col">{{w.category}}</th><th scope="col">{{w.received}}</th><th scope="col">{{w.open}}</th>\
    <th scope="col">{{w.overdue}}</th></tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row" data-label="{{w.category}}"><bdi>{{label}}</bdi></th>\
    <td data-label="{{w.received}}" class="number">{{received}}</td><td data-label="{{w.open}}" class="number">{{open}}</td>\
    <td data-label="{{w.overdue}}" class="number">{{overdue}}</td></tr>
    {{/rows}}
    </tbody>
    </table></details>
    {{/isEmpty}}
    </section>

    """
}
