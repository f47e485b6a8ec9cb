import Foundation
import Training

enum Samples {
  /// Made up out of a few words: two categories that can be told apart, of unequal size.
  static let opinions: [LabelledOpinion] = {
    let parts = [
      ("教育文体", ["学校", "老师", "补课", "学生"]), ("环境保护", ["工厂", "废气", "污水", "气味"]),
    ]
    return parts.enumerated().flatMap { kind, part in
      (0..<(20 + kind * 10)).map { number in
        let word = part.1[number % 4]
        let other = part.1[(number / 4) % 4]
        return LabelledOpinion(
          id: "\(kind)-\(number)", title: "关于\(word)", text: "我们这里的\(word)和\(other)，第\(number)次反映。",
          category: part.0)
      }
    }
  }()

  /// The folder of real messages, if there is one.
  static let folder = ProcessInfo.processInfo.environment["HUIYIN_TEST_DATA"]

  static func temporary(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "huiyin-\(UUID().uuidString)-\(name)").path
  }
}
