import Cases

/// What a citizen reads in answer, except for the state of their cases.
enum Sentences {
  static let taken = "收到。可以接着说，也可以发图片、语音、视频或位置；说完了回复“完”，就为您登记办理。"
  static let finished = "好的，您说的就此提交，正在登记。过一会儿回复“查”，可以看办到哪一步。"
  static let tooMuch = "您发得太快了，这一条没能收下。请过一分钟再发一次。"
  static let tooLong = "这一条太长，没能收下。请分成几条再发一次。"
  static let ratingNotAwaited = "现在没有等您评价的答复。收到答复后，回复“满意”“基本满意”或“不满意”就可以评价。"
  static let ratingNotNow = "现在暂时查不到您的办件，这次评价没有记下。请过几分钟再发一次。"

  private static let invitation = "有什么意见建议，请直接发文字、语音、图片或位置；说完了回复“完”，就为您登记办理。回复“查”可以看办理情况。"

  static let welcome = "您好！" + invitation

  /// - Parameter holder: whose the code is, in words.
  static func welcome(scanned scan: Scan, holder: String) -> String {
    let atAllEvents = "不过您照样可以说，意见由县里的联络总站受理。"
    return switch scan.standing {
    case .valid: "您好！这里是\(holder)。" + invitation
    case .revoked: "您好！这个码已经停用，" + atAllEvents + invitation
    case .expired: "您好！这个码已经过了有效期，" + atAllEvents + invitation
    case .early: "您好！这个码还没有启用，" + atAllEvents + invitation
    case .unknown: "您好！这个码不是我们发的有效的码，" + atAllEvents + invitation
    }
  }

  static func rated(_ rate: CaseCommand.Rate, _ id: CaseID) -> String {
    switch rate.satisfaction {
    case .satisfied: "谢谢您的评价：满意。已记在编号 \(id) 上。"
    case .fair: "谢谢您的评价：基本满意。已记在编号 \(id) 上。"
    case .unsatisfied: "收到。您对编号 \(id) 的答复不满意，已如实记下。"
    }
  }
}
