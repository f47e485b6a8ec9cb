import Cases
import Mustache
import QRCodes
import Templating

/// What hangs on the wall: whose code it is, when they are there, and how to use it. One HTML page that needs nothing
/// else, prints on one sheet, and has its picture within, as large as the words leave room for.
struct CodeBoard: Sendable {
  enum Paper: Sendable {
    case a6, a4

    /// In millimetres.
    var size: (width: Int, height: Int) {
      switch self {
      case .a6: (105, 148)
      case .a4: (210, 297)
      }
    }
  }

  private let title: String
  private let name: String
  private let station: String?
  private let duty: String?
  private let place: String?
  private let category: String?
  private let id: String

  /// `nil` if the directory knows no such deputy or station.
  init?(_ code: Code, in directory: Directory) {
    let found =
      code.kind == .deputy
      ? directory.deputy(code.holder) : directory.station(code.holder).map { Directory.CodeHolder.station($0) }
    guard let holder = found else { return nil }
    switch (code.kind, holder) {
    case (_, .deputy(let deputy, let at)): (title, name, station) = ("人大代表", deputy.name, at.name)
    case (.activity, .station(let at)): (title, name, station) = ("代表活动", code.activity ?? "", "承办：\(at.name)")
    case (_, .station(let at)): (title, name, station) = ("代表联络站", at.name, nil)
    }
    duty = holder.station.duty
    place = code.place
    category = code.category
    id = code.id.text
  }

  func page(_ matrix: QRMatrix, on paper: Paper) -> String {
    let (width, height) = paper.size
    let texts: [String: String?] = [
      "title": title, "name": name, "station": station, "duty": duty, "place": place, "category": category, "id": id,
      "svg": matrix.svg, "isLong": name.count > 12 ? "yes" : nil, "width": String(width), "height": String(height),
      // All lengths are given for A6 and grow with the paper.
      "unit": String(width / Paper.a6.size.width),
    ]
    return Self.templates?.render(texts.compactMapValues(\.self), withTemplate: "board") ?? ""
  }

  /// `nil` only if the text is broken, which a test would tell.
  private static let templates = PageTemplates.library([("board", text)])

  private static let text = """
    <!doctype html>
    <html lang="zh-CN">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>{{name}} · {{title}}</title>
    <style>
    @page { size: {{width}}mm {{height}}mm; margin: 0; }
    :root { --u: {{unit}}mm; }
    * { box-sizing: border-box; margin: 0; }
    body { background: #fff; color: #000; font-family: "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
    main { width: {{width}}mm; height: {{height}}mm; overflow: hidden; display: flex; flex-direction: column;
      align-items: center; text-align: center; padding: calc(6 * var(--u)); overflow-wrap: anywhere;
      font-size: calc(3.4 * var(--u)); line-height: 1.4; }
    .title { font-size: calc(4.5 * var(--u)); letter-spacing: .2em; padding-left: .2em; color: #b3261e; }
    h1 { font-size: calc(8 * var(--u)); line-height: 1.2; }
    h1.long { font-size: calc(5.5 * var(--u)); }
    .code { flex: 1 1 0; min-height: 0; width: 100%; margin: calc(2 * var(--u)) 0; }
    .code svg { display: block; width: 100%; height: 100%; }
    .ask { font-size: calc(4.2 * var(--u)); font-weight: 600; }
    small { display: block; font-size: calc(2.6 * var(--u)); }
    @media screen { main { border: 1px solid #ccc; margin: 1rem auto; } }
    </style>
    </head>
    <body>
    <main>
    <p class="title">{{title}}</p>
    <h1{{#isLong}} class="long"{{/isLong}}><bdi>{{name}}</bdi></h1>
    {{#station}}
    <p><bdi>{{.}}</bdi></p>
    {{/station}}
    {{#duty}}
    <p>接待时间：<bdi>{{.}}</bdi></p>
    {{/duty}}
    {{#category}}
    <p>征集主题：<bdi>{{.}}</bdi></p>
    {{/category}}
    <div class="code" role="img" aria-label="二维码">{{{svg}}}</div>
    <p class="ask">微信扫一扫，说出您的意见，件件有回音</p>
    <small lang="en">Scan with WeChat or a phone camera and say what is wrong. Every opinion gets an answer.</small>
    <small>{{#place}}<bdi>{{.}}</bdi> · {{/place}}编号 {{id}}</small>
    </main>
    </body>
    </html>

    """
}
