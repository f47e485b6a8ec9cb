/// What the model sees of an opinion: how often which bucket occurs, in the title and in the text apart.
package struct Features: Sendable {
  package let title: BucketCounts
  package let text: BucketCounts
  /// The share of Chinese characters among all but spaces, in thousandths.
  package let hanShare: Int

  /// - Parameter bits: of a bucket's number.
  package init(title: String?, text: String, bits: Int) {
    self.init(title: PlainText(title ?? ""), text: PlainText(text), bits: bits)
  }

  init(title: PlainText, text: PlainText, bits: Int) {
    self.title = BucketCounts(title, .title, bits: bits)
    self.text = BucketCounts(text, .text, bits: bits)
    let all = title.characters.count - title.spaceCount + text.characters.count - text.spaceCount
    hanShare = all == 0 ? 0 : (title.hanCount + text.hanCount) * 1000 / all
  }

  /// What a feature counts that occurs so often: 1 + ln(count), in 32nds; more than 64 times count as 64.
  ///
  /// A table of whole numbers, so that no machine's logarithm differs.
  package static func frequency(_ count: UInt32) -> Int32 {
    count < 64 ? frequencies[Int(count)] : frequencies[64]
  }

  static let frequencies: [Int32] = [
    0, 32, 54, 67, 76, 84, 89, 94, 99, 102, 106, 109, 112, 114, 116, 119, 121, 123, 124, 126, 128, 129, 131, 132, 134,
    135, 136, 137, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 148, 149, 150, 151, 152, 152, 153, 154, 155, 155,
    156, 157, 157, 158, 158, 159, 160, 160, 161, 161, 162, 162, 163, 164, 164, 165, 165,
  ]
}
