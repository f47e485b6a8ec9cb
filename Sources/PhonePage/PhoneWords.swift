import HTTPTypes
import HTTPValues

/// What the citizen's pages say, in one language. What people wrote, and the names of who acts, stay as they are.
struct PhoneWords: Sendable {
  let language: String
  let name, motto, closing: String
  // The form.
  let toDeputy, toStation: String
  let text, textHint, files, filesHint, optional, dropFiles, keptFiles: String
  let category, anyCategory, place, placeExample, position, positionWait, positionDone, positionFailed: String
  let who, anonymous, named, contact, yourName, consent, send, sending, shrinking, draft, offline: String
  let about, deputy, station, region, dutyTimes, activity: String
  // What is wrong.
  let oneFault, someFaults, textMissing, textTooLong, placeTooLong, nameTooLong, contactMissing, contactWrong: String
  let filesTooMany, fileUnknown, fileTooLarge, fileBroken, formStale, formUnknown, tooLarge, unavailable: String
  let crossSite, malformed, filesUnavailable: String
  let codeUnknown, codeRevoked, codeExpired, codeEarly: String
  // After sending.
  let sentTitle, sentThanks, caseNumber, keepTitle, keepText, drawing, look, copy, copied, nextTitle: String
  // The case.
  let caseTitle, entering, enteringText, open, openText, late, lateText, replied, closed, received, due, provisional,
    owner: String
  let reply, rateTitle, remark, rateThanks, rateUnavailable, rateAgain, stepsTitle, own, picture, voice, video,
    keepPage: String
  let notFoundTitle, notFound, unavailableTitle, caseUnavailable, again, refusedTitle, newForm: String
  /// 登记 反映 处理 结果 反馈, and what each of them is.
  let steps: [String]
  let stepTexts: [String]
  let satisfied, fair, unsatisfied: String
  let methods: [String: String]
  let dates: PhoneDates

  /// Chinese, unless English is asked for and wanted more.
  static func preferred(by request: Request) -> PhoneWords {
    let preference = Preference(request[.acceptLanguage])
    return preference.weight(ofLanguage: "en") > preference.weight(ofLanguage: "zh") ? english : chinese
  }

  /// The text with numbers and names in the places marked 1, 2, … by braces.
  static func fill(_ text: String, _ values: String...) -> String {
    values.enumerated().reduce(text) { $0.replacing("{\($1.offset + 1)}", with: $1.element) }
  }
}
