/// Finds many words in a text at once: walks over its characters, and at each place takes the longest word that begins
/// there, then goes on behind it.
///
/// Costs one look-up for each byte of the text in UTF-8, and 512 bytes of memory for each byte of the words that no other word
/// begins with too.
struct WordTrie: Sendable {
  /// The most bytes of UTF-8 that all words together may have.
  static let maximumSize = 65_000

  /// For node n and byte b, at n × 256 + b: the node behind, 0 for none. Node 0 is the start.
  private var next: [UInt16]
  /// For each node the word that ends there, -1 for none.
  private var ends: [Int32]

  /// - Parameter words: known by their index; not empty, each once, no more than ``maximumSize`` bytes together.
  init(_ words: [String]) {
    precondition(words.reduce(0) { $0 + $1.utf8.count } <= Self.maximumSize)
    let noBytes = [UInt16](repeating: 0, count: 256)
    next = noBytes
    ends = [-1]
    for (index, word) in words.enumerated() {
      var node = 0
      for byte in word.utf8 {
        let place = node * 256 + Int(byte)
        if next[place] == 0 {
          next[place] = UInt16(ends.count)
          next.append(contentsOf: noBytes)
          ends.append(-1)
        }
        node = Int(next[place])
      }
      precondition(node != 0 && ends[node] == -1, "an empty word, or one that stands twice: \(word)")
      ends[node] = Int32(index)
    }
    // Without what the arrays kept in store for growing.
    next = next.withUnsafeBufferPointer { Array($0) }
    ends = ends.withUnsafeBufferPointer { Array($0) }
  }

  /// - Parameter found: is given the word, and where it begins and ends among the text's characters.
  func search(_ text: PlainText, found: (_ word: Int, _ start: Int, _ end: Int) -> Void) {
    let characters = text.characters
    var start = 0
    while start < characters.count {
      var node = 0
      var place = start
      var longest: (word: Int, end: Int)?
      while place < characters.count {
        node = step(from: node, over: characters[place])
        if node == 0 { break }
        place += 1
        if ends[node] >= 0 { longest = (Int(ends[node]), place) }
      }
      if let longest {
        found(longest.word, start, longest.end)
        start = longest.end
      } else {
        start += 1
      }
    }
  }

  @inline(__always)
  private func step(from node: Int, over character: UInt32) -> Int {
    func follow(_ node: Int, _ byte: UInt32) -> Int { Int(next[node &* 256 &+ Int(byte)]) }
    func more(_ node: Int, _ shift: UInt32) -> Int {
      node == 0 ? 0 : follow(node, 0x80 | (character &>> shift & 0x3F))
    }
    if character < 0x80 { return follow(node, character) }
    if character < 0x800 { return more(follow(node, 0xC0 | character &>> 6), 0) }
    if character < 0x10000 { return more(more(follow(node, 0xE0 | character &>> 12), 6), 0) }
    return more(more(more(follow(node, 0xF0 | character &>> 18), 12), 6), 0)
  }
}
