import SeededRandom
import Testing

@testable import Reading

struct WordFinderTests {
  private func finds(_ words: [String], _ text: String) -> [String] {
    WordFinder(words.map { FoldedText($0).scalars }).finds(in: FoldedText(text).scalars)
      .map { "\(words[$0.word])@\($0.range.lowerBound)" }
  }

  @Test(arguments: [
    (["柳河", "柳河镇", "河镇中学"], "在柳河镇中学", ["柳河镇@1"]),
    (["柳河镇", "河镇中学"], "柳河 河镇中学", ["河镇中学@3"]),
    (["火灾", "预防火灾"], "预防火灾，火灾", ["预防火灾@0", "火灾@5"]),
    (["甲乙丙丁", "乙丙"], "甲乙丙戊", ["乙丙@1"]),
    (["甲乙", "乙丙", "丙丁"], "甲乙丙丁", ["甲乙@0", "丙丁@2"]),
    (["甲"], "甲甲甲", ["甲@0", "甲@1", "甲@2"]),
    (["ab", "B2区"], "ＡＢ B2区", ["ab@0", "B2区@3"]),
    ([], "甲", []), (["甲"], "", []), ([""], "甲", []),
  ])
  func `of words that begin at one place the longest is found, and the search goes on behind it`(
    words: [String], text: String, expected: [String]
  ) {
    #expect(finds(words, text) == expected)
  }

  @Test func `whatever the words and the text, a naive search finds the same`() {
    let seed: UInt64 = 20_260_927
    print("seed \(seed)")
    var chance = SeededGenerator(seed: seed)
    for round in 0..<1500 {
      let letters = UInt32(Int.random(in: 1...4, using: &chance))
      func random(_ lengths: ClosedRange<Int>) -> [UInt32] {
        (0..<Int.random(in: lengths, using: &chance)).map { _ in 0x4E00 + UInt32.random(in: 0..<letters, using: &chance)
        }
      }
      let words = Array(Set((0..<Int.random(in: 0...12, using: &chance)).map { _ in random(0...6) })).sorted {
        $0.lexicographicallyPrecedes($1)
      }
      let text = random(0...60)
      #expect(WordFinder(words).finds(in: text) == naive(words, text), "round \(round)")
    }
  }

  private func naive(_ words: [[UInt32]], _ text: [UInt32]) -> [WordFinder.Find] {
    var finds: [WordFinder.Find] = []
    var index = 0
    while index < text.count {
      let there = words.indices.filter { !words[$0].isEmpty && text[index...].starts(with: words[$0]) }
      if let word = there.max(by: { words[$0].count < words[$1].count }) {
        finds.append(WordFinder.Find(word: word, range: index..<index + words[word].count))
        index += words[word].count
      } else {
        index += 1
      }
    }
    return finds
  }

  @Test(.timeLimit(.minutes(1)))
  func `words that are all beginnings and ends of each other cost no more than others`() {
    let words = (1...2000).map { [UInt32](repeating: 0x7532, count: $0) }
    let text = [UInt32](repeating: 0x7532, count: 300_001)
    let finds = WordFinder(words).finds(in: text)
    #expect(finds.count == 151)
    #expect(finds.dropLast().allSatisfy { $0.range.count == 2000 })
    #expect(finds.last?.range == 300_000..<300_001)
  }
}
