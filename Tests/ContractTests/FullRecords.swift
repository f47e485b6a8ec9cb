import Cases
import Codes
import Conversations
import EventLog
import Similarity
import Streams
import Testing
import Time

/// One of each record with all that may be in it, in the form that its type writes. What the pipeline really makes of a case
/// is in ``CountyStory``.
enum FullRecords {
  static let time = GivenTime(Instant(milliseconds: 1_790_215_200_000))
  static let day = TimeOffset.shanghai.date(of: time.instant)
  static let opinion = Opinion(
    channel: "wechat", title: "路灯", text: "坏了", code: "c-1",
    scan: Scan(
      standing: .early, kind: .activity, holder: "s-1", activity: "接待日", place: "board", category: "城乡建设"),
    category: "城乡建设", subcategory: "路灯", address: "城南路", location: Location(latitude: 28.2, longitude: 112.9),
    citizen: Citizen(
      id: "wechat/qingxi/a", name: "b", phone: "c", email: "d", anonymous: false,
      subscription: Subscription(once: ["t-1", "t-2", "t-2"], always: ["t-3"])),
    attachments: [Opinion.Attachment(url: "https://files.example/1.jpg", mediaType: "image/jpeg")])
  static let submission = Submission(
    opinion: OpinionReference(source: "/gateway", id: "1"), received: time, recorded: time, historic: true,
    statement: Statement(opinion))
  static let deadline = CaseEvent.ReplyDeadline(
    due: day, expires: time, workingDays: 7, calendar: "cn-1", policy: "reply-1", provisional: true, generation: 1,
    term: .months(3), from: time)
  static let missed = CaseEvent.DeadlineEvent(due: day, generation: 1, firedAt: time, lateBy: 5)
  static let owner = Owner(id: "s-1", kind: .station, name: "安溪联络站")
  static let actor = Actor(role: .department, id: "zjj")

  static let assignment = Assignment(
    owner: Owner(id: "d-3", kind: .deputy, name: "溪明"), reason: "带往市人大", directory: "d-1", supervisor: owner,
    attendant: Owner(id: "jtj", kind: .department, name: "县交通运输局"), next: ["s-1"], closedDays: [day], carried: true)

  static let classification: Classification = {
    let span = TextReading.Span(field: .text, start: 0, end: 2)
    let sign = TextReading.Sign(sign: "燃气泄漏", words: ["漏气"], spans: [span])
    let reading = TextReading(
      places: [TextReading.Place(word: "柳河镇", stations: ["liuhe"], span: span)], region: "liuhe", urgent: [sign],
      personalNumbers: TextReading.PersonalNumber.Kind.allCases.map { .init(kind: $0, span: span) }, legal: [sign],
      version: "reading-1")
    return Classification(
      category: "城乡建设", subcategory: "城市建设和市政管理", confidence: 0.9,
      second: .init(category: "交通运输", confidence: 0.1), sure: false, why: ["路灯"], spans: [span], by: .model,
      version: "model-1", reading: reading, correction: .init(by: "李工", reason: "看过"))
  }()

  static let reply = CaseCommand.Reply(
    by: "李工", actor: actor, method: .onTheSpot, text: "修好了",
    attachments: [Opinion.Attachment(url: "/attachments/a", mediaType: "image/jpeg")], lead: CaseID("c-2"))
  static let refusal = CaseCommand.Refuse(
    by: "总站", actor: actor, reason: "法院已立案", ground: "诉讼中", lead: CaseID("c-2"))

  static func events() throws -> [CaseEvent] {
    let other = try #require(CaseID("c-2"))
    let by = "总站"
    let reason = "因为"
    let revised = CaseEvent.Revised(from: deadline, to: deadline, by: by, reason: reason)
    let told = CaseEvent.Told(by: by, reason: reason)
    return [
      .opened(.init(submission: submission, deadline: deadline, number: "20260924-7K3M-9Q2X")),
      .classified(classification), .assigned(assignment), .signed(.init(by: by, owner: owner)),
      .signOverdue(.init(owner: owner, due: day, generation: 1, firedAt: time, lateBy: 5)),
      .returned(.init(by: by, reason: reason, from: owner, tried: ["s-1"], next: ["zjj"], count: 1, limit: 2)),
      .transferred(.init(by: by, reason: reason, from: owner, to: "zjj", tried: ["s-1"], next: ["s-2"])),
      .coHandled(.init(by: by, reason: reason, with: ["jtj"])),
      .escalated(
        .init(
          step: .ladder, deadline: missed, by: by, reason: reason, from: owner, to: "s-2", level: "city",
          supervisor: "s-1",
          tried: ["s-1"], next: ["s-2"])),
      .raised(revised), .reminded(missed), .overdue(missed),
      .overdueWithdrawn(.init(generation: 1, repliedAt: time)),
      .supervised(
        .init(step: .key, deadline: missed, by: by, leader: "张副主任", number: 1, reason: reason)),
      .supervisionRequested(.init(by: by, reason: reason, leader: "张副主任", year: 2026, of: 20)),
      .supervisionDenied(.init(leader: "张副主任", reason: reason)), .reported(missed),
      .deadlineChanged(.init(from: deadline, to: deadline, reason: reason)),
      .extensionRequested(.init(by: by, reason: reason, workingDays: 3)), .extended(revised), .extensionDenied(told),
      .paused(.init(by: by, reason: reason, until: time)), .resumed(revised),
      .replied(
        .init(
          reply: reply, at: time, recorded: time, historic: false, workingDays: 3, overdue: false, owner: owner,
          merged: [other])),
      .refused(
        .init(refusal: refusal, at: time, workingDays: 3, overdue: false, owner: owner, merged: [other])),
      .delivered(.init(feedback: "f", channel: "web")),
      .undelivered(.init(feedback: "f", channel: "sms", reason: "空号", final: true)),
      .rated(.init(satisfaction: .fair, text: "还行")),
      .reopened(.init(by: by, reason: reason, count: 1, deadline: deadline)),
      .merged(.init(into: other, by: by, reason: reason)), .unmerged(.init(from: other, by: by, reason: reason)),
      .joined(.init(other: other)), .parted(.init(other: other)), .mergeDeclined(.init(other: other, reason: reason)),
      .supplemented(submission), .similarFound(.init(other: other, score: 0.83)),
      .closed(.init(outcome: .unreachable, by: by)), .reviewDue(missed),
      .reviewed(.init(by: by, upheld: false, text: "又坏了")), .erased(told),
      .disclosed(.init(by: by, actor: actor, reason: reason)),
      .refusedCommand(
        .init(
          command: OpinionReference(source: "/desk", id: "9"), type: "cn.huiyin.case.reply.v1", reason: "early", by: by)
      ),
    ]
  }

  static func commands() throws -> [CaseCommand] {
    let other = try #require(CaseID("c-2"))
    let by = "总站"
    let reason = "因为"
    let order = CaseCommand.Order(by: by, actor: actor, reason: reason)
    return [
      .open(.init(submission: submission, classification: classification, assignment: assignment)),
      .assign(.init(assignment: assignment, because: .decided, event: "c.3", by: by, actor: actor)), .sign(order),
      .reply(reply), .refuse(refusal), .transfer(.init(by: by, actor: actor, reason: reason, to: "zjj")),
      .return(order), .coHandle(.init(by: by, actor: actor, reason: reason, with: ["jtj"])),
      .escalate(.init(by: by, actor: actor, reason: reason, to: "s-2", level: "city")), .raise(order),
      .supervise(.init(by: by, actor: actor, reason: reason, leader: "张副主任")),
      .grantSupervision(.init(event: "c.9", number: 1, of: 20)),
      .requestExtension(.init(by: by, actor: actor, reason: reason, workingDays: 3)),
      .extend(.init(by: by, actor: actor, reason: reason, workingDays: 3)), .denyExtension(order), .pause(order),
      .resume(order), .merge(.init(by: by, actor: actor, reason: reason, into: other)),
      .unmerge(.init(by: by, actor: actor, reason: reason, from: other)), .recordMerged(.init(other: other)),
      .recordUnmerged(.init(other: other)), .recordSimilar(.init(other: other, score: 0.9)),
      .recordDelivery(.init(feedback: "f", channel: "sms", result: .failed, reason: "空号", final: true)),
      .rate(.init(satisfaction: .unsatisfied, text: "没来")), .reopen(order),
      .review(.init(by: by, actor: actor, upheld: true, text: "属实")), .close(order),
      .correctCategory(
        .init(by: by, actor: actor, category: "交通运输", subcategory: "公交", reason: reason)), .erase(order),
      .disclose(order),
    ]
  }

  static func rules() throws -> CaseRules {
    let policy = try ReplyPolicy(version: "reply-2") { policy in
      policy.urgent = .hours(24)
      policy.categories = ["教育文体": .workingDays(5)]
      policy.pause = 10
    }
    let plan = HolidayPlan(year: 2026, days: [HolidayPlan.Day(date: day, name: "国庆节", isOff: false)])
    return CaseRules(policy: policy, calendar: WorkingCalendar(version: "cn-1+own", plans: [plan]))
  }

  static func code() throws -> Code {
    let id = try #require(CodeID("23456789ABCDEFGH"))
    var code = Code(
      Code.Subject(.activity, holder: "s-1", activity: "接待日", place: "board"), id: id, serial: 2, category: "城乡建设",
      made: time, from: time, until: GivenTime(time.instant + .seconds(3600)))
    code.revoked = Code.Revocation(at: time, reason: "丢失")
    return code
  }

  static let message = ChatMessage(
    account: "qingxi", openid: "o-1", kind: .location, text: "城南路", attachment: opinion.attachments?.first,
    location: opinion.location, code: "c-1", scan: opinion.scan)

  /// A scan's code and a text's text may not be missing, whatever else may.
  static let messages = [
    message, ChatMessage(account: "qingxi", openid: "o-1", kind: .scan, code: "c-1"),
    ChatMessage(account: "qingxi", openid: "o-1", kind: .text, text: "路灯坏了"),
  ]

  static func entries() throws -> [DirectoryEntry] {
    let days = try #require(DateRange("2026-09-01/2026-09-03"))
    let contacts = Directory.Deputy.Contacts(voters: 5, households: 12, deputies: ["d-2"])
    return [
      .whole(.init(version: "2026-1", profile: "general", order: ["s-1"], digest: DirectoryEntry.digest(of: []))),
      .station(
        .init(
          id: "s-1", name: "安溪联络站", level: .gridPost, parent: "s-0", kind: "education", categories: ["教育文体"],
          handles: ["民政"], region: "安溪镇", aliases: ["安溪"], codes: ["AX"], duty: "每周三", closed: [days], site: "邻里中心",
          head: "d-1")),
      .region(.init(id: "g-1", name: "一网格", isGrid: true, station: "s-1", within: "r-1", aliases: ["滨河路"])),
      .department(.init(id: "zjj", name: "县住建局", level: .county, categories: ["城乡建设"], jurisdiction: ["s-1"])),
      .deputy(
        .init(
          id: "d-1", name: "溪明", level: .city, station: "s-1", grid: "g-1", home: "s-2", residence: "s-1",
          confirmed: day, skills: ["政策法规宣讲员"], codes: ["D1"], groups: [.init(name: "帮搬团", reason: "就业")],
          contacts: contacts, headOf: "s-1")),
    ]
  }

  static func band() throws -> BandEntry {
    let sketch = try #require(Sketch(title: nil, text: "柳溪镇上河村的路灯坏了一个月"))
    return BandEntry(caseID: try #require(CaseID("c-1")), received: time, region: "liuxi", band: 15, sketch: sketch)
  }
}
