/// Finds many words in a text at once: from left to right, at each place the longest word that begins there, then on
/// behind it (leftmost-longest).
///
/// An Aho–Corasick automaton of the words read backwards, run from the end of the text to its beginning: its state then
/// tells the longest word that begins at each place, in one look-up or two a character, however many words there are and
/// however they overlap. Building it takes time and memory in proportion to the length of all words together.
struct WordFinder: Sendable {
  struct Find: Hashable {
    /// Index of the word in the list.
    var word: Int
    /// In the folded text.
    var range: Range<Int>
  }

  private let lengths: [Int]
  /// The trie's edges, as a hash table with open addressing: (node, character) to node behind.
  private var keys: [UInt64]
  private var targets: [Int32]
  private let mask: Int
  /// Last characters of words, a bit each: where no word has been begun, most characters end the search here.
  private var lasts = [UInt64](repeating: 0, count: 1 << 10)
  /// For each node the one that stands for the longest proper end of what it stands for.
  private var fallbacks: [Int32] = [0]
  /// For each node the longest word that ends there, -1 for none.
  private var longest: [Int32] = [-1]

  /// - Parameter words: folded, each once; empty ones are never found.
  init(_ words: [[UInt32]]) {
    lengths = words.map(\.count)
    var size = 16
    while size < 2 * (lengths.reduce(0, +) + 1) { size *= 2 }
    keys = [UInt64](repeating: Self.free, count: size)
    targets = [Int32](repeating: 0, count: size)
    mask = size - 1

    var edges: [(node: Int32, character: UInt32, target: Int32, depth: Int32)] = []
    for (index, word) in words.enumerated() where !word.isEmpty {
      if let last = word.last { lasts[Int(last >> 6) & 1023] |= 1 << UInt64(last & 63) }
      var node: Int32 = 0
      for (depth, character) in word.reversed().enumerated() {
        var next = target(node, character)
        if next == 0 {
          next = Int32(longest.count)
          insert(node, character, next)
          edges.append((node, character, next, Int32(depth)))
          fallbacks.append(0)
          longest.append(-1)
        }
        node = next
      }
      precondition(longest[Int(node)] == -1, "word \(index) stands in the list twice")
      longest[Int(node)] = Int32(index)
    }
    // Shallow nodes first, since a fallback is always shallower.
    var byDepth: [[Int]] = []
    for (index, edge) in edges.enumerated() {
      if byDepth.count <= Int(edge.depth) { byDepth.append([]) }
      byDepth[Int(edge.depth)].append(index)
    }
    for edge in byDepth.joined().map({ edges[$0] }) {
      let node = Int(edge.target)
      if edge.depth > 0 { fallbacks[node] = step(fallbacks[Int(edge.node)], edge.character) }
      if longest[node] == -1 { longest[node] = longest[Int(fallbacks[node])] }
    }
  }

  /// In the order in which they stand in the text; no two overlap.
  func finds(in text: [UInt32]) -> [Find] {
    guard longest.count > 1 else { return [] }
    var beginning = [Int32](repeating: -1, count: text.count)
    var node: Int32 = 0
    var isAnyThere = false
    for index in text.indices.reversed() {
      let character = text[index]
      if node == 0, lasts[Int(character >> 6) & 1023] & 1 << UInt64(character & 63) == 0 { continue }
      node = step(node, character)
      let word = longest[Int(node)]
      beginning[index] = word
      if word >= 0 { isAnyThere = true }
    }
    guard isAnyThere else { return [] }
    var finds: [Find] = []
    var index = 0
    while index < text.count {
      let word = Int(beginning[index])
      if word >= 0 {
        finds.append(Find(word: word, range: index..<index + lengths[word]))
        index += lengths[word]
      } else {
        index += 1
      }
    }
    return finds
  }

  // MARK: Edges

  private static let free = UInt64.max

  @inline(__always)
  private func step(_ start: Int32, _ character: UInt32) -> Int32 {
    var node = start
    while true {
      let next = target(node, character)
      if next != 0 || node == 0 { return next }
      node = fallbacks[Int(node)]
    }
  }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & mask
  }

  @inline(__always)
  private func target(_ node: Int32, _ character: UInt32) -> Int32 {
    let key = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(character)
    var slot = slot(key)
    while true {
      if keys[slot] == key { return targets[slot] }
      if keys[slot] == Self.free { return 0 }
      slot = (slot + 1) & mask
    }
  }

  private mutating func insert(_ node: Int32, _ character: UInt32, _ target: Int32) {
    let key = UInt64(UInt32(bitPattern: node)) << 32 | UInt64(character)
    var slot = slot(key)
    while keys[slot] != Self.free { slot = (slot + 1) & mask }
    keys[slot] = key
    targets[slot] = target
  }
}
