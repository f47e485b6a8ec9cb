extension OpinionReference {
  /// The first 60 bits that ``digest`` tells: enough to tell apart what is sent to one case or by one citizen, and short
  /// to keep.
  package var shortDigest: UInt64 {
    digest.utf8.prefix(12).reduce(0) { number, character in
      let isLetter = character >= UInt8(ascii: "a")
      return number << 5 | UInt64(character - (isLetter ? UInt8(ascii: "a") : UInt8(ascii: "2") - 26))
    }
  }
}
