/// Finds many words in a text at once: walks over the UTF-8 bytes, and at each place takes the longest word that begins
/// there, then goes on behind it.
///
/// Costs one look-up a byte, and 512 bytes of memory for each byte of the words that no other word begins with too.
struct WordTrie: Sendable {
  /// How many words there are; they are known by their index in the list.
  let count: Int

  /// For node n and byte b, at n × 256 + b: the node behind, 0 for none. Node 0 is the start.
  private var next: [UInt16]
  /// For each node the word that ends there, -1 for none.
  private var ends: [Int32]

  /// - Parameter words: not empty, each once, fewer than 65,536 bytes together.
  init(_ words: [String]) {
    count = words.count
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
  }

  func search(_ text: String, found: (_ word: Int) -> Void) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      var node = 0
      var position = start
      var longest: (word: Int, end: Int)?
      while position < bytes.count {
        node = Int(next[node * 256 + Int(bytes[position])])
        if node == 0 { break }
        position += 1
        if ends[node] >= 0 { longest = (Int(ends[node]), position) }
      }
      if let longest {
        found(longest.word)
        start = longest.end
      } else {
        start += 1
      }
    }
  }
}
