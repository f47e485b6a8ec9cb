/// The topics of the pipeline, without the operator's prefix.
package enum Topics {
  /// What citizens write in chats, message by message.
  package static let chats = "chats"
  /// The codes that hang on boards and doors.
  package static let codes = "codes"
  /// Stations, regions, departments and deputies, for everyone.
  package static let directory = "directory"
  package static let opinions = "opinions"
  package static let classifications = "classifications"
  /// Opinions by what their texts have in common: where near-duplicates meet.
  package static let bands = "bands"
  package static let commands = "commands"
  package static let cases = "cases"
  /// What is counted over all cases, keyed by what is counted.
  package static let quotas = "quotas"
  package static let feedback = "feedback"
  package static let citizens = "citizens"
  package static let deadLetters = "dead-letters"
}

/// The types of our records (`ce_type`) that aren't commands to or events of a case, and our own `ce_source` names.
package enum EventTypes {
  package static let chatMessage = "cn.huiyin.chat.message.v1"
  package static let code = "cn.huiyin.code.v1"
  package static let directoryEntry = "cn.huiyin.directory.entry.v1"
  package static let opinionSubmitted = "cn.huiyin.opinion.submitted.v1"
  package static let opinionClassified = "cn.huiyin.opinion.classified.v1"
  package static let band = "cn.huiyin.similarity.band.v1"
  package static let supervisionAsk = "cn.huiyin.supervision.asked.v1"
  package static let citizen = "cn.huiyin.citizen.v1"
  package static let answer = "cn.huiyin.feedback.answer.v1"
  package static let notice = "cn.huiyin.feedback.notice.v1"
  package static let ratingRequest = "cn.huiyin.feedback.rating-request.v1"
}

package enum Sources {
  package static let intake = "/huiyin/intake"
  package static func wechat(_ account: String) -> String { "/huiyin/wechat/\(account)" }
  package static let codes = "/huiyin/codes"
  package static let directory = "/huiyin/directory"
  package static let rules = "/huiyin/rules"
  package static let classify = "/huiyin/classify"
  package static let route = "/huiyin/route"
  package static let similarity = "/huiyin/similarity"
  package static let track = "/huiyin/track"
  package static let relay = "/huiyin/relay"
  package static let quota = "/huiyin/quota"
  package static let feedback = "/huiyin/feedback"
  /// Where deputies, stations and departments sign in, and programs that act for them.
  package static let desk = "/huiyin/desk"
  /// The page of a case on a citizen's phone.
  package static let page = "/huiyin/page"
  /// Whoever carries messages over WeChat.
  package static let wechatDelivery = "/huiyin/wechat-delivery"
}
