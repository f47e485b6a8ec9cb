import Cases

/// What the template `sent` is filled with.
struct SentPage {
  struct Step {
    let name: String
    let text: String
    let style: String
  }

  let w: PhoneWords
  let style = PhoneStyle.text
  let script = PhoneScript.text
  let refresh: String? = nil
  let title: String
  let under: String? = nil
  let number: String
  let link: String
  /// SVG.
  let drawing: String?
  let steps: [Step]

  /// - Parameter draw: gives the SVG of a QR code that says that text.
  init(_ words: PhoneWords, case id: CaseID, link: String, draw: (String) -> String?) {
    w = words
    title = words.sentTitle
    number = id.text
    self.link = link
    // A relative address says nothing to whoever scans it. What stands before the picture (`<?xml …`) is no HTML.
    drawing =
      link.hasPrefix("/")
      ? nil : draw(link).flatMap { svg in svg.firstRange(of: "<svg").map { String(svg[$0.lowerBound...]) } }
    steps = zip(words.steps, words.stepTexts).enumerated().map { index, step in
      Step(name: step.0, text: step.1, style: index == 0 ? "done" : index == 1 ? "now" : "ahead")
    }
  }
}
