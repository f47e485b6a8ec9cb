import ByteText
import Cases
import Crypto
import Outbox

/// What a command is known by: its `ce_id`.
struct CommandName: Hashable {
  let text: String
  /// Under which the outbox remembers it; `nil` where the client gave no `Idempotency-Key`.
  let key: OutboxKey?

  /// One that nobody can give twice.
  init(new text: String) {
    self.text = text
    key = nil
  }

  /// The same for the same key and contents, here and in any other process, and after every loss of a disk.
  ///
  /// The contents are part of it, so that a key that is used anew after its time cannot make another command look like one
  /// that was given.
  /// - Parameters:
  ///   - given: the client's `Idempotency-Key`.
  ///   - owner: whose key it is; the same key of somebody else is another one.
  ///   - target: the path that it was sent to.
  init(given: String, owner: String, target: String, body: [UInt8]) throws(APIProblem) {
    guard (1...255).contains(given.utf8.count), given.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw .malformed(
        "Idempotency-Key", "The header Idempotency-Key is not 1 to 255 characters of visible ASCII.")
    }
    let digest = Array(SHA256.hash(data: Array("command\n\(owner)\n\(given)".utf8)))
    let content = Array(SHA256.hash(data: Array((target + "\n").utf8) + body))
    key = OutboxKey(digest: digest, content: content)
    text = ByteAlphabet.hexadecimal.text(of: SHA256.hash(data: digest + content).prefix(20))
  }

  /// Whether a command can be called so: 1 to 64 of `A–Z a–z 0–9 - _ .`
  static func isName(_ text: String) -> Bool { CaseID(text) != nil }
}
