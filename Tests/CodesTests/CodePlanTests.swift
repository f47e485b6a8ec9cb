import Cases
import Codes
import Testing
import Time

struct CodePlanTests {
  private let orders = [deputySubject, stationSubject, activitySubject].map { CodePlan.Order($0) }

  private func book(_ codes: [Code]) throws -> CodeBook {
    var book = CodeBook()
    for code in codes { try book.apply(code.record) }
    return book
  }

  @Test func `making the codes again makes none, whenever and in whatever order`() throws {
    let first = try CodePlan(orders, in: CodeBook(), under: sampleKeys(), at: now)
    #expect(first.new.map(\.subject) == orders.map(\.subject) && first.existing.isEmpty)
    let later = now + .seconds(86_400)
    let again = try CodePlan(
      orders.reversed(), in: book(first.new), under: sampleKeys("N:another-secret-00"), at: later)
    #expect(again.new.isEmpty && again.existing == first.new.reversed())
    // Without the first ones in the book they'd be the same.
    #expect(try CodePlan(orders, in: CodeBook(), under: sampleKeys(), at: later).new.map(\.id) == first.new.map(\.id))
  }

  @Test func `each kind, holder, activity, place and number has an id of its own`() throws {
    let subjects = [
      deputySubject, stationSubject, activitySubject, Code.Subject(.deputy, holder: "liuhe"),
      Code.Subject(.station, holder: "liuhe", place: "门"), Code.Subject(.station, holder: "d1", place: "村委会门口"),
      Code.Subject(.activity, holder: "liuhe", activity: "代表进", place: "景区入口"),
      Code.Subject(.activity, holder: "liuhe", activity: "代表进景区"),
    ]
    let plan = try CodePlan(subjects.map { CodePlan.Order($0) }, in: CodeBook(), under: sampleKeys(), at: now)
    var codes = plan.new
    for index in codes.indices { codes[index].revoked = Code.Revocation(at: GivenTime(now), reason: "试") }
    let next = try CodePlan(subjects.map { CodePlan.Order($0) }, in: book(codes), under: sampleKeys(), at: now)
    #expect(Set((plan.new + next.new).map(\.id)).count == 2 * subjects.count)
    #expect(next.new.allSatisfy { $0.serial == 2 })
  }

  @Test func `a code that is over is followed by another, one that is to come is not`() throws {
    let midnight = GivenTime(now + .seconds(3600))
    let ending = CodePlan.Order(stationSubject, until: midnight)
    let first = try CodePlan([ending], in: CodeBook(), under: sampleKeys(), at: now)
    let before = try CodePlan(
      [ending], in: book(first.new), under: sampleKeys(), at: midnight.instant - .milliseconds(1))
    #expect(before.new.isEmpty)
    let open = CodePlan.Order(stationSubject, from: GivenTime(now + .seconds(7200)))
    let after = try CodePlan([open], in: book(first.new), under: sampleKeys(), at: midnight.instant)
    #expect(after.new.map(\.serial) == [2] && after.existing.isEmpty)
    let both = try book(first.new + after.new)
    #expect(try CodePlan([open], in: both, under: sampleKeys(), at: midnight.instant).existing == after.new)
  }

  @Test func `an order given twice makes one code`() throws {
    let plan = try CodePlan([orders[0], orders[0]], in: CodeBook(), under: sampleKeys(), at: now)
    #expect(plan.new.count == 1 && plan.existing == plan.new)
  }

  @Test func `an order that can't be a code is refused`() throws {
    let blank = CodePlan.Order(Code.Subject(.station, holder: "liuhe", place: " "))
    #expect(throws: Malformed.self) { try CodePlan([blank], in: CodeBook(), under: sampleKeys(), at: now) }
  }
}
