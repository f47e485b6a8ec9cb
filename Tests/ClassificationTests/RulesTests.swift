import Cases
import Classification
import Testing

struct RulesTests {
  let rules = Rules()

  @Test func `the first-level categories are the fifteen of the directory of matters`() {
    #expect(
      Rules.categories == [
        "城乡建设", "农村农业", "政法", "教育文体", "劳动和社会保障", "民政", "党务政务", "经济管理", "商贸旅游", "卫生计生", "环境保护", "交通运输",
        "纪检监察", "国土资源", "科技与信息产业",
      ])
  }

  @Test(arguments: [
    ("城乡建设", "楼下路灯坏了半年"), ("农村农业", "水渠断了，稻田没水"), ("政法", "电动车被盗，派出所没有消息"), ("教育文体", "学校周末补课"),
    ("劳动和社会保障", "单位不交社保"), ("民政", "奶奶的低保停了"), ("党务政务", "政务大厅没有一次性告知"), ("经济管理", "银行让我先存款再贷款"),
    ("商贸旅游", "景区门票太贵"), ("卫生计生", "诊所医生没有证"), ("环境保护", "工厂夜里排放废气"), ("交通运输", "出租车不打表"),
    ("纪检监察", "有人贪污公款"), ("国土资源", "宅基地被人占了"), ("科技与信息产业", "宽带天天断"),
  ])
  func `each category has words that speak for it`(category: String, text: String) {
    let classification = rules.classify(title: nil, text: text)
    #expect(classification.category == category)
    #expect(!classification.why.isEmpty && classification.why.allSatisfy { text.contains($0) })
    #expect(classification.confidence > 0 && classification.confidence < 1)
    #expect(classification.version == Rules.version)
  }

  @Test(arguments: ["", "你好", "asdf", "👍👍👍", "\u{0}\u{fffd}"])
  func `without a word there is no category and no confidence`(text: String) {
    #expect(
      rules.classify(title: nil, text: text)
        == Classification(category: "其他", confidence: 0, why: [], version: Rules.version))
  }

  @Test func `the title counts for more than the text`() {
    #expect(rules.classify(title: nil, text: "路灯，教师，教师").category == "教育文体")
    #expect(rules.classify(title: "路灯", text: "教师，教师").category == "城乡建设")
  }

  @Test func `a word repeated a hundred times does not drown out the others`() {
    let text = String(repeating: "出租车 ", count: 100) + "学校 老师 学生 家长 校长 班主任"
    #expect(rules.classify(title: nil, text: text).category == "教育文体")
  }

  @Test func `the longest word at a place counts, not those within it`() {
    #expect(rules.classify(title: nil, text: "农民工工资").why == ["农民工工资"])
  }

  @Test func `what decided comes first, five words at most`() {
    let classification = rules.classify(title: "补课", text: "学校 老师 学生 家长 小学 中学 教育 补课")
    #expect(classification.why.first == "补课")
    #expect(classification.why.count == 5)
  }

  @Test func `more of one category makes surer`() {
    let mixed = rules.classify(title: nil, text: "派出所 民警 出租车")
    let clear = rules.classify(title: nil, text: "派出所 民警 报警")
    #expect(mixed.category == "政法" && clear.category == "政法")
    #expect(mixed.confidence < clear.confidence)
  }

  @Test func `equal scores are decided by the order of the categories, always alike`() {
    let answers = Set((0..<20).map { _ in Rules().classify(title: nil, text: "路灯 派出所") })
    #expect(answers.map(\.category) == ["城乡建设"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `the largest opinion takes one pass`() {
    let unit = "新农村社会劳动教育环境公共交通养老保"
    let text = String(repeating: unit, count: Opinion.maximumSize / unit.utf8.count)
    #expect(rules.classify(title: text, text: text).confidence > 0)
  }
}
