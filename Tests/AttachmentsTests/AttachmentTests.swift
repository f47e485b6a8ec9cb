import Attachments
import Testing

struct AttachmentTests {
  static let samples: [(AttachmentFormat, [UInt8])] = [
    (.jpeg, Samples.jpeg), (.png, Samples.png), (.webp, Samples.webp), (.gif, Samples.gif), (.heic, Samples.heic),
    (.mp4, Samples.movie()), (.quickTime, Samples.movie(brand: "qt  ")), (.m4a, Samples.movie(brand: "M4A ")),
    (.mp3, Samples.mp3), (.amr, Samples.amr), (.ogg, Samples.ogg),
  ]

  @Test(arguments: samples) func `a file is known by its contents, and loses what is private`(
    format: AttachmentFormat, file: [UInt8]
  ) throws {
    #expect(Samples.holds(file))
    let attachment = try MediaFile(file)
    #expect(attachment.format == format)
    #expect(!Samples.holds(attachment.contents))
    #expect(!Samples.holds(attachment.contents, "29.5628N"))
    #expect(AttachmentFormat(of: attachment.contents) == format)
  }

  @Test(arguments: samples) func `what has been stripped stays as it is when it comes again`(
    format: AttachmentFormat, file: [UInt8]
  ) throws {
    let once = try MediaFile(file)
    #expect(try MediaFile(once.contents) == once)
  }

  @Test(arguments: [
    "<html><script>alert(1)</script>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "PK\u{3}\u{4}", "MZ",
    "",
    "GIF", "RIFF1234WAVE", "    ftypavif", "#!/bin/sh\n",
  ])
  func `any other file is refused`(text: String) {
    #expect(throws: MediaFile.Refusal.unknownFormat) { try MediaFile(Array(text.utf8)) }
  }

  @Test(arguments: samples) func `a file that was cut short gives no more than it had`(
    format: AttachmentFormat, file: [UInt8]
  ) {
    for length in stride(from: 0, to: file.count, by: 1) {
      guard let attachment = try? MediaFile(file[..<length]) else { continue }
      #expect(attachment.contents.count <= file.count + 36)
      #expect(!Samples.holds(attachment.contents, "29.5628N"), "\(length)")
    }
  }

  @Test func `each kind has its largest size`() {
    let limits = MediaFile.Limits(picture: Samples.jpeg.count, other: 10)
    #expect(throws: Never.self) { try MediaFile(Samples.jpeg, limits: limits) }
    let less = MediaFile.Limits(picture: Samples.jpeg.count - 1)
    #expect(throws: MediaFile.Refusal.tooLarge(limit: Samples.jpeg.count - 1)) {
      try MediaFile(Samples.jpeg, limits: less)
    }
    #expect(throws: MediaFile.Refusal.tooLarge(limit: 10)) { try MediaFile(Samples.amr, limits: limits) }
    #expect(MediaFile.Limits().picture == 10_000_000)
    #expect(MediaFile.Limits().other == 20_000_000)
  }

  @Test func `a picture stays the right way up`() throws {
    let contents = try MediaFile(Samples.jpeg).contents
    let upright =
      Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
    #expect(Samples.holds(contents, "JFIF"))
    #expect(contents.firstRange(of: upright) != nil)
    #expect(contents.suffix(9) == [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9])
  }

  @Test func `of a film only picture and sound are left, where they were`() throws {
    let file = Samples.movie()
    let contents = try MediaFile(file).contents
    #expect(contents.count == file.count)
    #expect(Samples.holds(contents, "picture!"))
    #expect(contents.ranges(of: Array("trak".utf8)).count == 1)
  }

  @Test func `a film without picture and sound, or with places among fragments, is refused`() {
    let bare = Samples.box("ftyp", Array("isom".utf8), Samples.big(0, 4)) + Samples.box("moov", Samples.box("mvhd"))
    #expect(throws: MediaFile.Refusal.broken(.mp4)) { try MediaFile(bare) }
    let fragments = Samples.movie() + Samples.box("moof", Samples.box("mfhd"))
    #expect(throws: MediaFile.Refusal.broken(.mp4)) { try MediaFile(fragments) }
  }

  @Test func `a picture in whose items one has no known place is refused`() {
    var file = Samples.heic
    guard let place = file.firstRange(of: Array("iloc".utf8)) else { return #expect(Bool(false)) }
    file[place.upperBound] = 9
    #expect(throws: MediaFile.Refusal.broken(.heic)) { try MediaFile(file) }
  }

  @Test func `the same contents have one name, and others another`() throws {
    let jpeg = try MediaFile(Samples.jpeg)
    #expect(jpeg.name == AttachmentName(of: jpeg.contents))
    #expect(jpeg.name != (try MediaFile(Samples.png)).name)
    #expect(
      AttachmentName(of: Array("abc".utf8)).text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(AttachmentName(url: jpeg.name.url) == jpeg.name)
  }

  @Test(arguments: ["", "../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63)])
  func `a name is 64 hexadecimal digits and nothing else`(text: String) {
    #expect(AttachmentName(text) == nil)
    #expect(AttachmentName(url: "/attachments/" + text) == nil)
    #expect(AttachmentName(url: "https://files.example/" + text) == nil)
  }
}
