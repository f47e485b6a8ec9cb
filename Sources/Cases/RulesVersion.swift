/// Whether `text` can name a calendar or a policy. A `+` is not allowed: it joins the names of two.
package func isVersion(_ text: String) -> Bool {
  (1...64).contains(text.utf8.count)
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
      default: false
      }
    }
}

/// What ``isVersion(_:)`` asks for, as the end of a sentence.
package let versionForm = "must be 1 to 64 of A-Z a-z 0-9 . _ -"
