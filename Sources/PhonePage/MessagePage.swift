/// What the template `message` is filled with.
struct MessagePage {
  struct Link {
    let address: String
    let label: String
  }

  let w: PhoneWords
  let style = PhoneStyle.text
  let script: String? = nil
  let refresh: String? = nil
  let title: String
  let under: String? = nil
  let text: String
  let link: Link?

  init(_ words: PhoneWords, title: String, text: String, link: Link? = nil) {
    w = words
    self.title = title
    self.text = text
    self.link = link
  }
}
