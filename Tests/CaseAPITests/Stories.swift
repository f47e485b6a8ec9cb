import CaseStories
import Cases
import Time

extension Story {
  /// A case that 城建局 (`cj`) has, and that the station `st1` watches over; with words and numbers that nobody may see.
  static func mine(
    _ id: String = "mine", received: String = "2026-10-08T10:00:00+08:00", due: String = "2026-10-20"
  ) throws -> Story {
    var story = try Story(
      id, received: received, due: due, text: "绝密的事，请打13812345678找我", title: "电话13812345678", address: "城南路",
      attachments: [
        Opinion.Attachment(url: "kept:1", mediaType: "image/jpeg"),
        Opinion.Attachment(url: "https://files.example/2.jpg", mediaType: "image/jpeg"),
      ])
    let time = try given(GivenTime(received))
    story.add(
      .classified(
        Classification(category: "城乡建设", subcategory: "道路", confidence: 0.87, why: ["路灯"], version: "rules-1")),
      at: time)
    story.add(
      .assigned(
        Assignment(
          owner: Owner(id: "cj", kind: .department, name: "城建局"), reason: "类别对应的承办单位", directory: "d-1",
          supervisor: Owner(id: "st1", kind: .station, name: "城关镇联络站"))),
      at: time)
    return story
  }

  /// One of somebody else's.
  static func theirs() throws -> Story {
    var story = try Story("theirs", text: "别人的事")
    let time = try given(GivenTime("2026-09-24T10:00:05+08:00"))
    story.add(
      .assigned(
        Assignment(owner: Owner(id: "jt", kind: .department, name: "交通局"), reason: "类别", directory: "d-1")), at: time)
    return story
  }
}
