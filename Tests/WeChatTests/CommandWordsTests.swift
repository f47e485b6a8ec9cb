import Cases
import Testing
import WeChat

struct CommandWordsTests {
  private let words = CommandWords()

  @Test(arguments: ["完", "完毕", "提交", "结束", " 完 ", "完。", "“完”", "完！！", "\n完\n", "　完　"])
  func `said is said`(text: String) {
    #expect(words.wish(of: text) == .finish)
  }

  @Test(arguments: ["查", "查询", "进度", "查？", "「查」", "进度?"])
  func `asked is asked`(text: String) {
    #expect(words.wish(of: text) == .status)
  }

  @Test(arguments: [
    "habcdefghijklmnopqrstuvwxyz", " habcdefghijklmnopqrstuvwxyz\n", "Habcdefghijklmnopqrstuvwxyz",
    "HABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ])
  func `a number asks for its case`(text: String) throws {
    let id = try #require(CaseID("habcdefghijklmnopqrstuvwxyz"))
    #expect(words.wish(of: text) == .show(id))
  }

  @Test(arguments: [
    ("满意", CaseCommand.Rate.Satisfaction.satisfied, nil), ("基本满意", .fair, nil), ("不满意", .unsatisfied, nil),
    ("满意！", .satisfied, nil), ("评价 满意", .satisfied, nil), ("评价满意", .satisfied, nil), ("评价：不满意", .unsatisfied, nil),
    ("评价 不满意，路灯还是不亮", .unsatisfied, "路灯还是不亮"), ("评价 基本满意 慢了点。", .fair, "慢了点。"),
  ])
  func `a rating may have a remark behind it`(
    text: String, satisfaction: CaseCommand.Rate.Satisfaction, remark: String?
  ) {
    #expect(words.wish(of: text) == .rate(CaseCommand.Rate(satisfaction: satisfaction, text: remark)))
  }

  @Test(arguments: [
    "", " ", "。", "完了没有", "没完", "查一下路灯", "路灯坏了，完", "1", "2", "3", "满意度太低", "评价满意度很低", "评价 很好", "评价", "我不满意",
    "很满意", "habcdefghijklmnopqrstuvwxy", "habcdefghijklmnopqrstuvwxyzz", "h1bcdefghijklmnopqrstuvwxyz",
    "xabcdefghijklmnopqrstuvwxyz", "路灯坏了",
  ])
  func `all else is (part of) an opinion`(text: String) {
    #expect(words.wish(of: text) == .say)
  }

  @Test func `a remark longer than allowed makes it an opinion`() {
    let remark = String(repeating: "长", count: CommandWords.maximumRemark)
    #expect(words.wish(of: "评价 不满意 " + remark) != .say)
    #expect(words.wish(of: "评价 不满意 长" + remark) == .say)
  }
}
