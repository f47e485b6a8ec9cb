import Attachments
import SeededRandom
import Testing

/// Any bytes at all get an answer: no trap, no endless work.
struct FuzzTests {
  @Test func `mutated forms are read or refused`() {
    var random = SeededGenerator(seed: 20_260_924)
    print("mutated forms: seed 20260924, \(FuzzSize.count) inputs")
    let type = "multipart/form-data; boundary=xx"
    let body = Array(
      ("--xx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n路灯坏了\r\n--xx\r\nContent-Disposition: form-data; "
        + "name=\"files\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u{1}\u{2}\r\n--xx--\r\n").utf8)
    let words = ["\r\n--xx", "\r\n\r\n", "--xx--", "\"", ";", "form-data; name=", "\\\""].map { Array($0.utf8) }
    var whole = 0
    for _ in 0..<FuzzSize.count {
      let input = body.mutated(by: &random, words: words)
      let given = String(decoding: Array(type.utf8).mutated(by: &random, words: words), as: UTF8.self)
      for contentType in [type, given] {
        guard let form = try? MultipartForm(input, contentType: contentType) else { continue }
        whole += 1
        #expect(form.parts.reduce(0) { $0 + $1.contents.count } <= input.count)
        _ = try? form.fields()
        _ = form.files(named: "files")
      }
    }
    // Mutation would be useless if it never left a form whole.
    #expect(whole > FuzzSize.count / 20)
    #expect(whole < FuzzSize.count * 2)
  }

  @Test(arguments: AttachmentTests.samples) func `mutated files are stripped or refused`(
    format: AttachmentFormat, file: [UInt8]
  ) {
    var random = SeededGenerator(seed: 20_260_925)
    print("mutated files of \(format): seed 20260925, \(FuzzSize.count) inputs")
    var taken = 0
    for _ in 0..<FuzzSize.count {
      let input = file.mutated(by: &random)
      guard let attachment = try? MediaFile(input) else { continue }
      taken += 1
      #expect(attachment.contents.count <= input.count + 36)
    }
    #expect(taken > 0)
  }
}
