import Cases
import Classification
import Testing

struct ModelTests {
  let model: Model

  init() throws {
    model = try Model(path: Shipped.modelPath)
  }

  func top(_ title: String?, _ text: String) -> Classification.Guess {
    model.judge(title: title, text: text).ranking[0]
  }

  @Test(arguments: [
    ("城乡建设", "小区物业不作为", "我们小区的业主多次反映，物业公司不修电梯，绿化带也没人管，开发商迟迟不交房。"),
    ("教育文体", "学校周末违规补课", "初中老师强制学生周末补课，每人收费五百元，请教育局查处。"),
    ("劳动和社会保障", "单位拖欠工资", "公司拖欠工人三个月工资，也不缴纳社保，劳动合同也没有签。"),
    ("环境保护", "工厂夜里排放废气", "附近化工厂每天夜里偷排废气污水，气味刺鼻，请环保局处理。"),
    ("交通运输", "出租车拒载", "出租车司机不打表还拒载，运管部门应当整治。"),
    ("卫生计生", "医院乱收费", "乡镇卫生院医生给病人开高价药，独生子女奖励也没有发。"),
  ])
  func `a plain case of each kind is recognised, and surely`(category: String, title: String, text: String) {
    let judgement = model.judge(title: title, text: text)
    #expect(judgement.ranking[0].category == category)
    #expect(judgement.isSure && judgement.isFamiliar && !judgement.isEmpty)
  }

  @Test func `confidences are in thousandths, fall, and sum to one`() {
    let ranking = model.judge(title: "路灯", text: "学校门口的路灯坏了，出租车也不来").ranking
    #expect(Set(ranking.map(\.category)) == Set(model.header.categories))
    #expect(ranking.map(\.confidence) == ranking.map(\.confidence).sorted(by: >))
    #expect(abs(ranking.reduce(0) { $0 + $1.confidence } - 1) < 0.005)
    for guess in ranking { #expect(guess.confidence * 1000 == (guess.confidence * 1000).rounded()) }
  }

  @Test func `the same text gets the same answer, however often and from however many threads`() async throws {
    let first = model.judge(title: "补课", text: "学校周末补课收费")
    let model = model
    await withTaskGroup(of: Judgement.self) { group in
      for _ in 0..<50 { group.addTask { model.judge(title: "补课", text: "学校周末补课收费") } }
      for await judgement in group { #expect(judgement == first) }
    }
    #expect(try Model(path: Shipped.modelPath).judge(title: "补课", text: "学校周末补课收费") == first)
  }

  @Test(arguments: ["", " ", "\n\t　", "\u{200B}\u{FEFF}"])
  func `without a text there is nothing to judge`(text: String) {
    let judgement = model.judge(title: nil, text: text)
    #expect(judgement.isEmpty && !judgement.isSure && judgement.spans.isEmpty)
  }

  @Test(arguments: [
    "👍👍👍🎉", "hello, the street lamp in front of my house is broken", "Фонарь на улице не горит уже месяц",
    "街灯が壊れていて夜はとても危ないです。はやくなおしてください。", "asdf qwer zxcv", "1234567890", "。。。！！！？？？",
    "靐龘鱻麤齉爩驫灪籲虋齾龖厵灥",
  ])
  func `what is unlike anything learned from is never sure`(text: String) {
    let judgement = model.judge(title: nil, text: text)
    #expect(!judgement.isFamiliar && !judgement.isSure)
    #expect(judgement.ranking.count == model.header.categories.count)
  }

  @Test func `full-width forms, capitals, spaces and invisible characters change nothing`() {
    let plain = model.judge(title: "A3区公交 15路", text: "K12路公交车晚点20分钟")
    let odd = model.judge(title: "Ａ３区公交　１５路 ", text: "\u{FEFF}k１２路公\u{200B}交\u{200D}车晚点２0分钟\n")
    #expect(odd.scores == plain.scores && odd.ranking == plain.ranking)
  }

  @Test func `traditional characters are read as simplified ones`() {
    let simplified = model.judge(title: nil, text: "学校老师周末补课乱收费，请教育局查处")
    let traditional = model.judge(title: nil, text: "學校老師週末補課亂收費，請教育局查處")
    #expect(simplified.ranking[0].category == "教育文体" && traditional.ranking[0].category == "教育文体")
    #expect(traditional.ranking == simplified.ranking && traditional.known == simplified.known)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a hundred thousand characters take one pass`() {
    let text = String(repeating: "工厂排放废气，居民楼里气味刺鼻。", count: 6250)
    #expect(text.count == 100_000)
    #expect(top("污染", text).category == "环境保护")
  }

  @Test func `a text of all different characters neither overflows nor traps`() {
    var scalars = String.UnicodeScalarView()
    for value in UInt32(0x3400)...0x9FFF { if let scalar = Unicode.Scalar(value) { scalars.append(scalar) } }
    let judgement = model.judge(title: String(scalars), text: String(scalars))
    #expect(judgement.ranking.allSatisfy { (0...1).contains($0.confidence) })
  }

  @Test func `the model takes less than ten megabytes`() {
    #expect(model.size < 10_000_000)
  }
}
