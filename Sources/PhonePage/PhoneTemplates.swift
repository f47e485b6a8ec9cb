import Mustache
import Templating

/// The citizen's pages, compiled in. `<bdi>` keeps the writing direction of foreign text to itself. Only ``PhoneStyle``,
/// ``PhoneScript`` and the drawing of a QR code are put in as they are.
enum PhoneTemplates {
  /// `nil` only if a template below is broken, which a test would tell.
  static let library = PageTemplates.library([
    ("head", head), ("foot", foot), ("form", form), ("sent", sent), ("case", `case`), ("message", message),
  ])

  private static let head = """
    <!doctype html>
    <html lang="{{w.language}}">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="robots" content="noindex">
    <meta name="format-detection" content="telephone=no">
    <meta name="theme-color" content="#0b6253">
    {{#refresh}}<meta http-equiv="refresh" content="{{.}}">{{/refresh}}
    <title>{{title}} · {{w.name}}</title>
    <link rel="icon" href="data:,">
    <style>{{{style}}}</style>
    </head>
    <body>
    <header>
    <p class="brand"><b>{{w.name}}</b><span>{{w.motto}}</span></p>
    <h1><bdi>{{title}}</bdi></h1>
    {{#under}}<p class="under"><bdi>{{.}}</bdi></p>{{/under}}
    </header>
    <main>

    """

  private static let foot = """
    </main>
    <footer><p>{{w.closing}}</p></footer>
    {{#script}}<script>{{{.}}}</script>{{/script}}
    </body>
    </html>

    """

  private static let form = """
    {{>head}}
    <div class="card">
    {{#notice}}<p class="note" role="status">{{.}}</p>{{/notice}}
    {{#hasFaults}}<div class="fault" role="alert" id="faults" tabindex="-1"><p>{{faultsTitle}}</p>\
    <ul>{{#faults}}<li><a href="#{{field}}">{{text}}</a></li>{{/faults}}</ul></div>{{/hasFaults}}
    {{#trouble}}<p class="fault" role="alert">{{.}}</p>{{/trouble}}
    <p class="note" id="draft" role="status" hidden>{{w.draft}}</p>
    <form id="form" method="post" action="{{action}}" enctype="multipart/form-data" accept-charset="utf-8" \
    data-sending="{{w.sending}}" data-shrinking="{{w.shrinking}}">
    <input type="hidden" name="form" value="{{formToken}}">
    <input type="hidden" name="kept" value="{{kept}}">
    <input type="hidden" name="latitude" id="latitude" value="{{latitude}}">
    <input type="hidden" name="longitude" id="longitude" value="{{longitude}}">
    <div class="field">
    <label for="text">{{w.text}}</label>
    <textarea id="text" name="text" rows="6" maxlength="{{textLimit}}" required aria-describedby="texthint{{#textFault}} \
    textwrong{{/textFault}}"{{#textFault}} aria-invalid="true"{{/textFault}}>
    {{text}}</textarea>
    {{#textFault}}<p class="wrong" id="textwrong">{{.}}</p>{{/textFault}}
    <p class="hint" id="texthint">{{w.textHint}}</p>
    </div>
    <div class="field">
    <label for="files">{{w.files}} <i>{{w.optional}}</i></label>
    {{#keptText}}<p>{{.}}</p>\
    <p class="tick"><input type="checkbox" name="drop" value="1" id="drop"><label for="drop">{{w.dropFiles}}</label></p>\
    {{/keptText}}
    <input type="file" id="files" name="files" multiple accept="image/*,audio/*,video/*" aria-describedby="fileshint\
    {{#filesFault}} fileswrong{{/filesFault}}"{{#filesFault}} aria-invalid="true"{{/filesFault}}>
    {{#filesFault}}<p class="wrong" id="fileswrong">{{.}}</p>{{/filesFault}}
    <p class="hint" id="fileshint">{{filesHint}}</p>
    </div>
    {{#hasCategories}}
    <div class="field">
    <label for="category">{{w.category}} <i>{{w.optional}}</i></label>
    <select id="category" name="category"><option value="">{{w.anyCategory}}</option>\
    {{#categories}}<option{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/categories}}</select>
    </div>
    {{/hasCategories}}
    <div class="field">
    <label for="place">{{w.place}} <i>{{w.optional}}</i></label>
    <input type="text" id="place" name="place" maxlength="{{placeLimit}}" value="{{place}}" autocomplete="off" \
    placeholder="{{w.placeExample}}"{{#placeFault}} aria-invalid="true" aria-describedby="placewrong"{{/placeFault}}>
    {{#placeFault}}<p class="wrong" id="placewrong">{{.}}</p>{{/placeFault}}
    <button type="button" class="plain" id="here" hidden data-wait="{{w.positionWait}}" data-done="{{w.positionDone}}" \
    data-failed="{{w.positionFailed}}">{{w.position}}</button>
    <p class="hint" id="herenote" role="status"></p>
    </div>
    <fieldset>
    <legend>{{w.who}}</legend>
    <input type="radio" class="choice" name="who" value="anonymous" id="anonymous"{{^isNamed}} checked{{/isNamed}}>\
    <label class="pick" for="anonymous">{{w.anonymous}}</label>
    <input type="radio" class="choice" name="who" value="named" id="named"{{#isNamed}} checked{{/isNamed}}>\
    <label class="pick" for="named">{{w.named}}</label>
    <div class="more">
    <div class="field">
    <label for="contact">{{w.contact}}</label>
    <input type="text" id="contact" name="contact" maxlength="254" value="{{contact}}" autocomplete="tel"\
    {{#contactFault}} aria-invalid="true" aria-describedby="contactwrong"{{/contactFault}}>
    {{#contactFault}}<p class="wrong" id="contactwrong">{{.}}</p>{{/contactFault}}
    </div>
    <label for="name">{{w.yourName}} <i>{{w.optional}}</i></label>
    <input type="text" id="name" name="name" maxlength="{{nameLimit}}" value="{{name}}" autocomplete="name"\
    {{#nameFault}} aria-invalid="true" aria-describedby="namewrong"{{/nameFault}}>
    {{#nameFault}}<p class="wrong" id="namewrong">{{.}}</p>{{/nameFault}}
    </div>
    </fieldset>
    <p class="fault" id="offline" role="alert" tabindex="-1" hidden>{{w.offline}}</p>
    <p class="soft">{{w.consent}}</p>
    <button type="submit" id="send">{{w.send}}</button>
    </form>
    </div>
    {{#hasProfile}}
    <section class="card">
    <h2>{{w.about}}</h2>
    <dl>{{#profile}}<dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd>{{/profile}}</dl>
    </section>
    {{/hasProfile}}
    {{>foot}}
    """

  private static let sent = """
    {{>head}}
    <div class="card middle">
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="22" fill="#0b6253"/>\
    <path d="M14 25l7 7 14-15" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" \
    stroke-linejoin="round"/></svg>
    <p>{{w.sentThanks}}</p>
    <p class="soft">{{w.caseNumber}}</p>
    <p><b class="number">{{number}}</b></p>
    </div>
    <section class="card">
    <h2>{{w.keepTitle}}</h2>
    <p>{{w.keepText}}</p>
    {{#drawing}}<div class="qr" role="img" aria-label="{{w.drawing}}">{{{.}}}</div>{{/drawing}}
    <p><a class="button" id="link" href="{{link}}">{{w.look}}</a></p>
    <button type="button" class="plain" id="copy" hidden data-done="{{w.copied}}">{{w.copy}}</button>
    </section>
    <section class="card">
    <h2>{{w.nextTitle}}</h2>
    <ol class="steps">{{#steps}}<li class="{{style}}"><b>{{name}}</b><br><small>{{text}}</small></li>{{/steps}}</ol>
    </section>
    {{>foot}}
    """

  private static let `case` = """
    {{>head}}
    {{#thanks}}<div class="card middle"><svg class="mark" viewBox="0 0 48 48" aria-hidden="true">\
    <circle cx="24" cy="24" r="22" fill="#0b6253"/><path d="M14 25l7 7 14-15" fill="none" stroke="#fff" stroke-width="4" \
    stroke-linecap="round" stroke-linejoin="round"/></svg><p role="status">{{.}}</p></div>{{/thanks}}
    <section class="card">
    <p class="state{{#isLate}} late{{/isLate}}">{{state}}</p>
    {{#stateText}}<p>{{.}}</p>{{/stateText}}
    {{#hasFacts}}<dl>{{#facts}}<dt>{{label}}</dt><dd><bdi>{{value}}</bdi></dd>{{/facts}}</dl>{{/hasFacts}}
    </section>
    {{#replies}}
    <section class="card"><h2>{{w.reply}}</h2>
    <div class="reply"><p class="text" dir="auto">{{text}}</p>
    {{#hasFiles}}<ul>{{#files}}<li><a href="{{link}}">{{label}}</a></li>{{/files}}</ul>{{/hasFiles}}</div>
    <p class="soft"><bdi>{{by}}</bdi> · {{method}} · <span class="nowrap">{{at}}</span></p></section>
    {{/replies}}
    {{#canRate}}
    <section class="card" id="rate">
    <h2>{{w.rateTitle}}</h2>
    {{#trouble}}<p class="fault" role="alert">{{.}}</p>{{/trouble}}
    <form class="rate" method="post" action="{{action}}" accept-charset="utf-8">
    <input type="hidden" name="form" value="{{formToken}}">
    <div class="field"><label for="remark">{{w.remark}} <i>{{w.optional}}</i></label>
    <textarea class="few" id="remark" name="text" rows="2" maxlength="{{remarkLimit}}">
    {{remark}}</textarea></div>
    {{#choices}}<button type="submit" name="satisfaction" value="{{value}}">{{label}}</button>{{/choices}}
    </form>
    </section>
    {{/canRate}}
    {{#hasSteps}}
    <section class="card">
    <h2>{{w.stepsTitle}}</h2>
    <ol class="steps">{{#steps}}<li class="{{style}}"><b>{{name}}</b><small class="nowrap">{{at}}</small>\
    <br><small>{{text}}</small></li>{{/steps}}</ol>
    </section>
    {{/hasSteps}}
    {{#hasOwn}}
    <section class="card">
    <details><summary>{{w.own}}</summary>
    {{#own}}<p class="text" dir="auto">{{.}}</p>{{/own}}
    {{#place}}<p class="soft">{{w.place}}: <bdi>{{.}}</bdi></p>{{/place}}
    {{#hasFiles}}<ul>{{#files}}<li><a href="{{link}}">{{label}}</a></li>{{/files}}</ul>{{/hasFiles}}
    </details>
    </section>
    {{/hasOwn}}
    <section class="card"><p class="soft">{{w.caseNumber}}</p><p><b class="number">{{number}}</b></p>{{#id}}<p class="soft">{{id}}</p>{{/id}}\
    <p class="soft">{{w.keepPage}}</p></section>
    {{>foot}}
    """

  private static let message = """
    {{>head}}
    <div class="card"><p>{{text}}</p>{{#link}}<p><a class="button" href="{{address}}">{{label}}</a></p>{{/link}}</div>
    {{>foot}}
    """
}
