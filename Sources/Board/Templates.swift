import HTTPTypes
import HTTPValues
import Mustache
import Templating
import WebPages

/// The pages, compiled in. `<bdi>` keeps the writing direction of foreign text to itself.
enum Templates {
  /// `nil` only if a template is broken, which a test would tell.
  static let library = PageTemplates.library(
    PageFrame.templates + [
      ("overview", OverviewPage.template), ("trend", TrendChart.template), ("categories", CategoryChart.template),
      ("definitions", DefinitionsPage.template), ("rebuilding", RebuildingPage.template),
      ("cases", CaseListPage.template), ("search", searchForm), ("found", FoundPage.template),
      ("case", CasePage.template), ("office", CaseOfficePart.template), ("review", ReviewPage.template),
      ("letters", LetterListPage.template), ("letter", LetterPage.template), ("health", HealthPage.template),
      ("caselines", caseLines), ("message", MessagePage.template),
    ])

  static func page(_ template: String, _ content: Any, status: HTTPResponse.Status = .ok) -> Response {
    guard let html = library?.render(content, withTemplate: template) else {
      return .problem(.internalServerError, "The page cannot be made.")
    }
    return .html(html, status: status)
  }

  private static let searchForm = """
    <form class="search" method="get" action="/cases" role="search">
    <label for="q">{{w.search}}</label> <input type="search" id="q" name="q" required maxlength="100" \
    placeholder="{{w.searchHint}}"> <button>{{w.find}}</button>
    </form>

    """

  /// Of a table of cases.
  private static let caseLines = """
    {{#lines}}
    <tr><td data-label="{{w.number}}"><a href="{{address}}">{{number}}</a></td>\
    <td data-label="{{w.standing}}">{{standing}}</td>\
    <td data-label="{{w.owner}}"><bdi>{{owner}}</bdi>{{#offered}} <small>{{w.offered}} <bdi>{{.}}</bdi></small>{{/offered}}</td>\
    <td data-label="{{w.category}}"><bdi>{{category}}</bdi></td><td data-label="{{w.received}}">{{receivedAt}}</td>\
    <td data-label="{{w.due}}">{{dueOn}}{{#isProvisional}} ({{w.provisional}}){{/isProvisional}}</td>\
    <td data-label="{{w.workingDaysLate}}" class="number">{{daysLate}}</td><td data-label="{{w.step}}">{{step}}</td>\
    <td data-label="{{w.lastEvent}}"><bdi>{{lastEvent}}</bdi> <small>{{lastTime}}</small></td></tr>
    {{/lines}}

    """
}
