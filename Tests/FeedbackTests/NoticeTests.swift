import Cases
import EventLog
import Streams
import Testing
import Time

@testable import Feedback

/// Who hears of what.
struct NoticeTests {
  private static let scan = Scan(standing: .valid, kind: .deputy, holder: "dep-1")
  private static let later = CalendarDate(dayNumber: Events.lastDay.dayNumber + 5)

  /// With a supervisor, an attendant and a proposer.
  private func desk(_ opinion: Opinion = Events.chat(scan: scan)) throws -> (Desk, [Desk.Told]) {
    var desk = try Desk(link: "https://example.org/c/")
    let told = try desk.open(
      opinion, Events.assignment(supervisor: Events.station, attendant: Events.fellow))
    return (desk, told)
  }

  private func recipients(_ told: [Desk.Told]) throws -> [Recipient] { try told.messages.map(\.to) }

  @Test func `a new case is told to its citizen, with number, date and page, where a window is open`() throws {
    let (_, told) = try desk()
    let notice = try #require(try told.messages(to: .citizen).first)
    #expect(
      notice.text
        == "您的意见已登记，编号20260601-7K3M-9Q2X。\n最迟2026年6月10日答复您。\n查看进度：https://example.org/c/c")
    #expect(notice.channel == "wechat" && notice.kind == .notice && notice.of == "opened" && notice.language == "zh")
    let (_, others) = try desk(Events.opinion(channel: "sms"))
    #expect(try others.messages(to: .citizen).isEmpty)
  }

  @Test func `a handover is told to all offices that have to do with it, each once`() throws {
    let (_, told) = try desk()
    let notices = try told.messages.filter { $0.of == "assigned" }
    #expect(notices.map(\.to) == [.owner, .attendant, .supervisor, .proposer])
    #expect(notices.map { $0.owner?.id } == ["d-1", "s-2", "s-1", "dep-1"])
    #expect(notices.allSatisfy { $0.channel == "office" && $0.due == Events.lastDay && $0.event == "c.2" })
    #expect(told.suffix(4).map(\.event.id) == ["c.2.0", "c.2.1", "c.2.2", "c.2.3"])
    #expect(notices[0].text == "20260601-7K3M-9Q2X交由你单位办理。\n依据：类别\n答复期限：2026年6月10日")
    #expect(notices[0].what == .assigned)

    var desk = try Desk()
    let same = try desk.open(Events.chat(), Events.assignment(Events.station, supervisor: Events.station))
    #expect(try same.messages.filter { $0.of == "assigned" }.map(\.to) == [.owner])
  }

  @Test func `the owner is told when a case comes to them, in the form that carriers know`() throws {
    var desk = try Desk()
    try desk.tell(Events.opened(channel: "web"), "c.1")
    let told = try desk.tell(Events.assigned(), "c.3")
    #expect(told.map(\.event.type) == [EventTypes.notice])
    #expect(told[0].topic == Topics.feedback && told[0].key == "c")
    #expect(told[0].event.id == "c.3.0")
    #expect(told[0].text.contains(#""owner":{"id":"d-1","kind":"department","name":"住建局"}"#))
    #expect(told[0].text.contains(#""what":"assigned""#) && told[0].text.contains(#""event":"c.3""#))
  }

  @Test func `the owner is told of the reminder and of expiry, with the last day`() throws {
    for (event, what) in [(CaseEvent.reminded(Events.missed), "reminder"), (.overdue(Events.missed), "overdue")] {
      var desk = try Desk()
      try desk.open(channel: "wechat")
      let told = try desk.tell(event, "c.4")
      #expect(told.count == 1)
      #expect(told[0].text.contains(#""due":"2026-06-10""#) && told[0].text.contains(#""what":"\#(what)""#))
    }
  }

  @Test func `after expiry the owner is urged, and supervisor and proposer know`() throws {
    for event in [CaseEvent.overdue(Events.missed), .reported(Events.missed)] {
      var (desk, _) = try desk()
      #expect(try recipients(desk.tell(event, "c.4")) == [.owner, .supervisor, .proposer])
    }
    var (desk, _) = try desk()
    let led = CaseEvent.supervised(CaseEvent.Supervised(step: .key, by: "王主任", leader: "张副主任", number: 3))
    let told = try desk.tell(led, "c.4")
    #expect(try recipients(told) == [.owner, .supervisor, .proposer])
    #expect(try told.messages[0].text == "【督办】20260601-7K3M-9Q2X已列入督办，请抓紧办理。\n领衔督办：张副主任")
  }

  @Test func `a late signature is told to owner and supervisor`() throws {
    var (desk, _) = try desk()
    let late = CaseEvent.signOverdue(
      CaseEvent.SignOverdue(
        owner: Events.department, due: Events.lastDay, generation: 1, firedAt: Events.time, lateBy: 0))
    #expect(try recipients(desk.tell(late, "c.4")) == [.owner, .supervisor])
  }

  @Test func `what goes back, elsewhere or up is told to those concerned, with who had it and why`() throws {
    let events: [(CaseEvent, [Recipient])] = [
      (
        .returned(
          .init(by: "李工", reason: "不属我局", from: Events.department, tried: ["d-1"], next: [], count: 1)),
        [.supervisor, .proposer]
      ),
      (
        .transferred(
          .init(by: "李工", reason: "不属我局", from: Events.department, to: "d-2", tried: ["d-1"], next: [])),
        [.owner, .supervisor, .proposer]
      ),
      (
        .escalated(.init(step: .asked, by: "李工", reason: "不属我局", from: Events.department, tried: [], next: [])),
        [.owner, .supervisor, .proposer]
      ),
    ]
    for (event, expected) in events {
      var (desk, _) = try desk()
      let told = try desk.tell(event, "c.4")
      #expect(try recipients(told) == expected, "\(event.name)")
      #expect(try told.messages(to: .supervisor)[0].text.contains("：住建局\n"), "\(event.name)")
      #expect(try told.messages.allSatisfy { $0.text.contains("不属我局") }, "\(event.name)")
    }
  }

  @Test func `a new date is told to citizen and owner, with the old one`() throws {
    let from = Events.deadline()
    let to = Events.deadline(Self.later)
    for event in [
      CaseEvent.extended(.init(from: from, to: to, by: "王主任", reason: "等材料")),
      .deadlineChanged(.init(from: from, to: to)),
    ] {
      var (desk, _) = try desk()
      let told = try desk.tell(event, "c.4")
      for recipient in [Recipient.owner, .citizen] {
        let text = try #require(try told.messages(to: recipient).first).text
        #expect(text.contains("2026年6月10日") && text.contains("2026年6月15日"), "\(event.name)")
      }
      let overdue = try desk.tell(.overdue(Events.missed), "c.5")
      #expect(try overdue.messages[0].due == Self.later)
    }
  }

  @Test func `whoever asked for more time hears, and who must grant it`() throws {
    var (desk, _) = try desk()
    let asked = CaseEvent.extensionRequested(.init(by: "李工", reason: "等材料", workingDays: 5))
    #expect(try recipients(desk.tell(asked, "c.4")) == [.supervisor])
    #expect(try recipients(desk.tell(.extensionDenied(.init(by: "王主任", reason: "太久")), "c.5")) == [.owner])
  }

  @Test func `a case taken up again is told to all, with its new date`() throws {
    var (desk, _) = try desk()
    let again = CaseEvent.reopened(
      .init(by: "citizen", reason: "没修好", count: 1, deadline: Events.deadline(Self.later)))
    let told = try desk.tell(again, "c.4")
    #expect(try recipients(told) == [.owner, .attendant, .supervisor, .proposer, .citizen])
    #expect(try told.messages(to: .citizen)[0].text.contains("2026年6月15日"))
  }

  @Test func `the deputy whose code was scanned hears of it to the end`() throws {
    var (desk, _) = try desk()
    #expect(try desk.tell(Events.replied(.writing), "c.4").messages(to: .proposer).map { $0.owner?.id } == ["dep-1"])
    let closed = CaseEvent.closed(CaseEvent.Closed(outcome: .answered))
    #expect(try desk.tell(closed, "c.6").messages(to: .proposer).count == 1)
    for scan in [
      Scan(standing: .revoked, kind: .deputy, holder: "x"), Scan(standing: .valid, kind: .station, holder: "x"),
    ] {
      var (desk, _) = try self.desk(Events.chat(scan: scan))
      #expect(try desk.tell(Events.replied(.writing), "c.4").messages(to: .proposer).isEmpty)
    }
  }

  @Test func `by night offices are let sleep, but for what is urgent to the owner`() throws {
    for (urgent, expected) in [(false, "2026-06-02T08:00:00+08:00"), (true, nil)] as [(Bool, String?)] {
      var (desk, _) = try desk()
      try desk.tell(Events.classified(urgent: urgent), "c.3")
      // 2026-06-02 00:00, when the last day has passed.
      desk.now = Events.time.instant + .seconds(6 * 3600)
      let told = try desk.tell(.overdue(Events.missed), "c.4")
      #expect(try told.messages(to: .owner).map { $0.notBefore?.text } == [expected])
      #expect(try told.messages(to: .supervisor).map { $0.notBefore?.text } == ["2026-06-02T08:00:00+08:00"])
    }
  }

  @Test func `what is urgent stays so when somebody corrects its category`() throws {
    var (desk, _) = try desk()
    try desk.tell(Events.classified(urgent: true), "c.3")
    try desk.tell(
      .classified(
        Classification(
          category: "公共安全", confidence: 1, why: [], version: "1",
          correction: Classification.Correction(by: "王主任"))), "c.4")
    desk.now = Events.time.instant + .seconds(6 * 3600)
    #expect(try desk.tell(.overdue(Events.missed), "c.5").messages(to: .owner).map(\.notBefore) == [nil])
    try desk.tell(Events.classified(urgent: false), "c.6")
    #expect(try desk.tell(.overdue(Events.missed), "c.7").messages(to: .owner).allSatisfy { $0.notBefore != nil })
  }

  @Test func `an English opinion is answered in English, its offices are told in Chinese`() throws {
    var (desk, told) = try desk(
      Events.opinion(channel: "wechat", id: "wechat/qingxi/o-1", text: "x"))
    #expect(try told.messages(to: .citizen)[0].language == "zh")
    let english = Opinion(
      channel: "wechat", text: "The lamp in Green Lane 3 is broken.", citizen: Citizen(id: "wechat/qingxi/o-1"))
    desk = try Desk()
    told = try desk.open(english)
    #expect(try told.messages(to: .citizen)[0].language == "en")
    #expect(try told.messages(to: .citizen)[0].text.contains("You will be answered by 2026-06-10."))
    #expect(try told.messages(to: .owner)[0].language == "zh")
    let answer = try desk.tell(Events.replied(.writing), "c.4").messages[0]
    #expect(answer.text == "Your case 20260601-7K3M-9Q2X has been answered:\n已修复\nBy: 住建局")
  }

  @Test func `nobody is told of what concerns nobody outside`() throws {
    var (desk, _) = try desk()
    for event: CaseEvent in [
      Events.classified(urgent: false), Events.failed("c.4.0", "web", "x"), Events.arrived("c.4.0", "web"),
      .overdueWithdrawn(CaseEvent.OverdueWithdrawn(generation: 1, repliedAt: Events.time)),
      .refusedCommand(
        CaseEvent.RefusedCommand(command: OpinionReference(source: "/x", id: "1"), type: "t", reason: "r")),
    ] {
      #expect(try desk.tell(event, "c.9").isEmpty, "\(event.name)")
    }
  }

  @Test func `nobody is written to about a past that was carried over, neither citizen nor office`() throws {
    var desk = try Desk()
    var told = try desk.tell(Events.opened(Events.chat(scan: Self.scan), historic: true), "c.1")
    told += try desk.tell(
      .assigned(Events.assignment(supervisor: Events.station, attendant: Events.fellow)), "c.2")
    told += try desk.tell(.signed(CaseEvent.Signed(by: "李工", owner: Events.department)), "c.3")
    told += try desk.tell(.overdue(Events.missed), "c.4")
    #expect(told.isEmpty)
    told = try desk.tell(Events.replied(.writing, historic: true), "c.5")
    #expect(try told.messages.map(\.to) == [.citizen])
    #expect(try desk.tell(.closed(CaseEvent.Closed(outcome: .answered)), "c.6").isEmpty)
  }

  @Test func `a case of the past that is taken up again is one of today: all are told, and its answer is sent`() throws
  {
    var desk = try Desk()
    try desk.tell(Events.opened(Events.chat(scan: Self.scan), historic: true), "c.1")
    try desk.tell(.assigned(Events.assignment(supervisor: Events.station)), "c.2")
    try desk.tell(Events.replied(.writing, historic: true), "c.3")
    let again = CaseEvent.reopened(
      .init(by: "citizen", reason: "没修好", count: 1, deadline: Events.deadline(Self.later)))
    #expect(try recipients(desk.tell(again, "c.4")) == [.owner, .supervisor, .proposer, .citizen])
    #expect(try recipients(desk.tell(.overdue(Events.missed), "c.5")) == [.owner, .supervisor, .proposer])
    let answer = try desk.tell(Events.replied(.writing), "c.6")
    #expect(try answer.messages(to: .citizen).map(\.channel) == ["wechat"])
    #expect(try desk.tell(Events.arrived("c.6.0", "wechat"), "c.7").messages.map(\.kind) == [.rating])
  }
}
