import Foundation

/// Reads printed codes back with programs that share nothing with ours: `zbarimg` (Debian package zbar-tools), and for
/// SVG images `rsvg-convert` (librsvg2-bin) before it.
package enum PrintedCodes {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  package static let canRead = program("zbarimg") != nil
  package static let canDrawSVG = canRead && program("rsvg-convert") != nil
  /// Why a test that needs them didn't run.
  package static let missing = "zbarimg (zbar-tools) or rsvg-convert (librsvg2-bin) is not installed"

  /// What the code in each PNG image says, in order; of texts without line ends.
  package static func read(_ images: [[UInt8]]) throws -> [String] {
    try inFolder { folder in
      let files = images.indices.map { folder.appending(path: "\($0).png") }
      for (file, image) in zip(files, images) { try Data(image).write(to: file) }
      let found = try run("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"] + files.map(\.path))
      let texts = found.split(separator: "\n").map(String.init)
      guard texts.count == images.count else {
        throw Failure(description: "\(texts.count) of \(images.count) codes were read")
      }
      return texts
    }
  }

  /// The same for SVG images, drawn with so many pixels on each side.
  package static func readSVG(_ images: [String], pixels: Int) throws -> [String] {
    try read(
      try images.map { image in
        try inFolder { folder in
          let (drawing, picture) = (folder.appending(path: "code.svg"), folder.appending(path: "code.png"))
          try Data(image.utf8).write(to: drawing)
          _ = try run("rsvg-convert", ["--width", String(pixels), "--output", picture.path, drawing.path])
          return Array(try Data(contentsOf: picture))
        }
      })
  }

  private static func program(_ name: String) -> String? {
    ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  private static func run(_ name: String, _ arguments: [String]) throws -> String {
    guard let path = program(name) else { throw Failure(description: "\(name) is not installed") }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "\(name) ended with status \(process.terminationStatus)")
    }
    return String(decoding: printed, as: UTF8.self)
  }

  private static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "huiyin-codes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
