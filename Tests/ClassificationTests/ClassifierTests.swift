import Cases
import Classification
import Testing

struct ClassifierTests {
  let classifier: Classifier

  init() throws {
    classifier = try Shipped.classifier()
  }

  @Test func `the first-level categories are the fifteen of the directory of matters`() {
    #expect(
      classifier.categories.names == [
        "城乡建设", "农村农业", "政法", "教育文体", "劳动和社会保障", "民政", "党务政务", "经济管理", "商贸旅游", "卫生计生", "环境保护", "交通运输",
        "纪检监察", "国土资源", "科技与信息产业",
      ])
    #expect(Set(classifier.model.header.categories).isSubset(of: Set(classifier.categories.names)))
  }

  @Test(arguments: [
    ("农村农业", "水渠断了，稻田没水，村委会不管"), ("政法", "电动车被盗，派出所没有消息"), ("民政", "奶奶的低保停了，民政局不理"),
    ("党务政务", "政务大厅没有一次性告知，窗口要跑几趟"), ("经济管理", "银行让我先存款再贷款，利息很高"), ("纪检监察", "有人贪污公款，纪委不查"),
    ("国土资源", "宅基地被人占了，国土局不确权"), ("科技与信息产业", "电信的宽带天天断，网速慢"),
  ])
  func `categories that the model doesn't know are found by their words`(category: String, text: String) {
    let answer = classifier.classify(title: nil, text: text)
    #expect(answer.category == category && answer.by == .rule)
    #expect(!answer.why.isEmpty && answer.second != nil)
  }

  @Test(arguments: [
    (String?.none, "学校周末补课，老师乱收费"), ("Ａ市补课", "校长  強制\u{200B}补课收费👍，请教育局查处"), ("电动车被盗", "派出所不立案"),
    ("👨‍👩‍👧 补课", "e\u{301}学校\r\n补课"), (nil, "路灯"),
  ])
  func `what decided is quoted from the original at its place, five at most`(title: String?, text: String) throws {
    let answer = classifier.classify(title: title, text: text)
    let spans = try #require(answer.spans)
    #expect((1...5).contains(spans.count) && spans.count == answer.why.count)
    for (span, word) in zip(spans, answer.why) {
      let original = Array((span.field == .title ? title ?? "" : text).unicodeScalars)
      try #require(span.start >= 0 && span.start < span.end && span.end <= original.count)
      #expect(String(String.UnicodeScalarView(original[span.start..<span.end])) == word)
    }
    #expect(Set(spans).count == spans.count)
  }

  @Test func `traditional characters are read as simplified ones, and quoted as they were written`() {
    let (simplified, traditional) = ("学校老师周末补课乱收费，请教育局查处", "學校老師週末補課亂收費，請教育局查處")
    let answer = classifier.classify(title: nil, text: traditional)
    var expected = classifier.classify(title: nil, text: simplified)
    #expect(answer.why.contains("老師") && expected.why.contains("老师"))
    expected.why = answer.why
    #expect(answer == expected && answer.sure == true)
  }

  @Test func `a rule overrules the model, and says so`() throws {
    let text = "学校门口的路灯坏了，老师和学生晚上很不方便"
    #expect(classifier.classify(title: nil, text: text).by == .model)
    let ruled = try Shipped.classifier(
      rules: "  - {words: [路灯, 学校], category: 交通运输, topic: 公路交通}\n".replacing(
        "公路交通", with: classifier.categories.topics(of: "交通运输")[0]))
    let answer = ruled.classify(title: nil, text: text)
    #expect(answer.category == "交通运输" && answer.by == .rule && answer.sure == true)
    #expect(answer.subcategory == classifier.categories.topics(of: "交通运输")[0])
    #expect(Set(answer.why) == ["路灯", "学校"])
    #expect(answer.second?.category != "交通运输")
    // All of its words must occur.
    #expect(ruled.classify(title: nil, text: "路灯坏了").category == "城乡建设")
  }

  @Test func `the first of two rules decides`() throws {
    let rules = "  - {words: [路灯], category: 民政}\n  - {words: [路灯], category: 政法}\n"
    #expect(try Shipped.classifier(rules: rules).classify(title: nil, text: "路灯").category == "民政")
  }

  @Test func `a code's category stands before everything`() {
    let answer = classifier.classify(title: nil, text: "学校周末补课", preset: "民政")
    #expect(answer.category == "民政" && answer.by == .code && answer.confidence == 1 && answer.sure == true)
  }

  @Test func `the category that the sender chose counts where nothing else is sure`() {
    let text = "请你们来看看，谢谢"
    #expect(classifier.classify(title: nil, text: text).sure == false)
    let answer = classifier.classify(title: nil, text: text, chosen: "民政")
    #expect(answer.category == "民政" && answer.by == .citizen && answer.sure == true && answer.confidence == 1)
    #expect(answer.second != nil)
  }

  @Test func `where the model is sure of another category than the sender, a person looks`() {
    let text = "学校老师周末补课乱收费，请教育局查处"
    let answer = classifier.classify(title: nil, text: text, chosen: "民政")
    #expect(answer.category == "民政" && answer.by == .citizen && answer.sure == false && answer.confidence < 0.1)
    #expect(answer.second?.category == "教育文体")
    let agreed = classifier.classify(title: nil, text: text, chosen: "教育文体")
    #expect(agreed == classifier.classify(title: nil, text: text))
    #expect(classifier.classify(title: nil, text: text, chosen: "天文") == agreed)
  }

  @Test func `a topic that the sender chose stands where it belongs to the category`() throws {
    let text = "学校老师周末补课乱收费，请教育局查处"
    let topic = try #require(classifier.categories.topics(of: "教育文体").last)
    #expect(classifier.classify(title: nil, text: text).subcategory != topic)
    #expect(
      classifier.classify(title: nil, text: text, chosen: "教育文体", chosenTopic: topic).subcategory == topic)
    #expect(
      classifier.classify(title: nil, text: text, chosen: "教育文体", chosenTopic: "天文")
        == classifier.classify(title: nil, text: text))
  }

  @Test func `neither a code nor an operator's rule gives way to what the sender chose`() throws {
    let ruled = try Shipped.classifier(rules: "  - {words: [路灯], category: 民政}\n")
    #expect(ruled.classify(title: nil, text: "路灯坏了", chosen: "政法").category == "民政")
    #expect(classifier.classify(title: nil, text: "路灯坏了", preset: "民政", chosen: "政法").by == .code)
  }

  @Test func `a code's category that nobody knows decides nothing, and a person looks`() {
    let answer = classifier.classify(title: nil, text: "学校老师周末补课乱收费，请教育局查处", preset: "天文")
    #expect(answer.category == "教育文体" && answer.by == .model && answer.sure == false)
  }

  @Test(arguments: ["", "  ", "\u{200B}"])
  func `without a text there is no category and no confidence`(text: String) {
    let answer = classifier.classify(title: nil, text: text)
    #expect(answer.category == Classifier.unknown && answer.confidence == 0 && answer.sure == false)
    #expect(answer.second == nil && answer.why.isEmpty)
  }

  @Test func `who is not sure names two guesses`() {
    let answer = classifier.classify(title: nil, text: "👍👍👍")
    #expect(answer.sure == false && answer.second != nil && answer.second?.category != answer.category)
  }

  @Test func `the second level is found by its terms`() {
    let answer = classifier.classify(title: "小区违章建筑", text: "楼顶有违章建筑，物业和城管执法都不管")
    #expect(answer.category == "城乡建设")
    #expect(classifier.categories.topics(of: "城乡建设").contains(answer.subcategory ?? ""))
  }

  @Test func `an answer is the same bytes every time, and reads back`() throws {
    let answer = classifier.classify(title: "补课", text: "学校周末补课")
    let again = try Shipped.classifier().classify(title: "补课", text: "学校周末补课")
    #expect(JSONData.encode(answer) == JSONData.encode(again))
    #expect(try JSONData.decode(Classification.self, from: JSONData.encode(answer)) == answer)
    #expect(answer.version == classifier.version)
  }

  @Test func `a classification of the first form still reads`() throws {
    let old = #"{"category":"政法","confidence":0.5,"why":["派出所"],"version":"rules-1"}"#
    let read = try JSONData.decode(Classification.self, from: Array(old.utf8))
    #expect(read == Classification(category: "政法", confidence: 0.5, why: ["派出所"], version: "rules-1"))
  }
}
