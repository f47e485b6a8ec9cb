import Cases
import EventLog
import SeededRandom
import Streams
import Testing
import Time

@testable import WeChatDelivery

@Suite struct DeliveryTests {
  @Test func `a record of feedback for WeChat is read, with all that is needed to send it`() throws {
    let expires = Given.noon + .seconds(600)
    let delivery = try Given.delivery(
      Given.feedback(
        "case", channel: "wechat-template", notBefore: Given.noon + .seconds(60), expires: expires, attempt: 2))
    #expect(delivery.id == "case.5.0/2" && delivery.answer == "case.5.0" && delivery.channel == .template)
    #expect(delivery.caseID.text == "case" && delivery.number == "20260924-7K3M-9Q2X" && delivery.by == "临溪街道")
    #expect(delivery.notBefore == Given.noon + .seconds(60) && delivery.expires == expires)
    #expect(delivery.trace["traceparent"]?.hasPrefix("00-0af7") == true)
  }

  @Test func `one without an end has a day, counted from when it may be sent`() throws {
    #expect(
      try Given.delivery(Given.feedback("case", expires: nil)).expires == Given.noon + .seconds(24 * 3600))
    let morning = Given.noon + .seconds(20 * 3600)
    #expect(
      try Given.delivery(Given.feedback("case", notBefore: morning, expires: nil)).expires
        == morning + .seconds(24 * 3600))
  }

  @Test(arguments: ["sms", "phone", "board", "office", "page", "letter", "email", "web"])
  func `what goes over other channels is not ours`(channel: String) throws {
    #expect(try Delivery.read(Given.stored(Given.feedback("case", channel: channel))) == nil)
  }

  @Test func `what isn't of the contract's form is said to be so, without its contents`() throws {
    func reason(_ change: (inout Record) -> Void) -> String? {
      var record = Given.feedback("case")
      change(&record)
      do throws(Rejection) {
        _ = try Delivery.read(Given.stored(record))
        return nil
      } catch { return error.reason }
    }
    #expect(reason { $0.key = nil } == "the record has no key")
    #expect(reason { $0.value = nil } == "\(EventTypes.answer): data is missing")
    #expect(reason { $0.value = Array("{}".utf8) } == "\(EventTypes.answer): data.kind is missing")
    #expect(
      reason { $0.headers = $0.headers.map { $0.name == "ce_type" ? Header("ce_type", "x") : $0 } } == "unknown type x")
    #expect(
      reason { $0.headers = $0.headers.map { $0.name == "ce_type" ? Header("ce_type", EventTypes.notice) : $0 } }
        == "\(EventTypes.notice): data.kind is another's")
  }

  @Test func `no bytes make it trap`() throws {
    var random = SeededGenerator.announced(for: "DeliveryTests")
    let sample = Given.feedback("case").value ?? []
    for _ in 0..<FuzzSize.count {
      var record = Given.feedback("case")
      record.value = sample.mutated(by: &random)
      do throws(Rejection) {
        _ = try Delivery.read(Given.stored(record))
      } catch {
        #expect(!error.reason.contains("路灯"))
      }
    }
  }
}
