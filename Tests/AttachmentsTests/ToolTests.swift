import Attachments
import Foundation
import Testing

/// Real files, made by FFmpeg and libheif and given a place by ExifTool; then ExifTool looks for what is left, and FFmpeg
/// whether they show the same.
@Suite(.serialized, .enabled(if: Tool.areThere, "needs ffmpeg, exiftool and heif-enc"))
struct ToolTests {
  @Test(arguments: ["jpg", "png", "webp", "gif", "heic", "mp4", "mov", "m4a", "mp3", "ogg", "opus"])
  func `a real file loses its place and stays what it shows`(type: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("file." + type)
    try Tool.make(path, type)
    let before = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
    let given = try Tool.tags(path)
    if !["gif"].contains(type) { #expect(given.contains("Secret"), "\(given)") }
    if !["gif", "mp3", "ogg", "opus"].contains(type) { #expect(given.contains("GPS"), "\(given)") }
    let media = try MediaFile(before)
    let shown = folder.path("shown." + type)
    try Data(media.contents).write(to: URL(fileURLWithPath: shown))
    let left = try Tool.tags(shown)
    #expect(!left.contains("GPS") && !left.contains("Secret"), "\(left)")
    #expect(!left.contains("Warning") && !left.contains("Error"), "\(left)")
    #expect(try Tool.frames(shown, type) == Tool.frames(path, type))
    if type == "jpg" { #expect(left.contains("Orientation")) }
  }
}

/// The programs of others that the tests ask.
enum Tool {
  static let areThere = ["ffmpeg", "exiftool", "heif-enc"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
  }

  struct Failure: Error {
    let said: String
  }

  static func make(_ path: String, _ type: String) throws {
    let picture = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=1"]
    let sound = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=8000:duration=1"]
    let secret = ["-metadata", "title=Secret", "-metadata", "location=+29.5+106.5/"]
    switch type {
    case "heic":
      try run("ffmpeg", ["-v", "error"] + picture + ["-frames:v", "1", path + ".png"])
      try run("heif-enc", ["-o", path, path + ".png"])
    case "jpg", "png", "webp", "gif": try run("ffmpeg", ["-v", "error"] + picture + ["-frames:v", "1", path])
    case "mp4", "mov": try run("ffmpeg", ["-v", "error"] + picture + sound + secret + ["-pix_fmt", "yuv420p", path])
    case "ogg": try run("ffmpeg", ["-v", "error"] + sound + secret + ["-c:a", "libvorbis", path])
    default: try run("ffmpeg", ["-v", "error"] + sound + secret + [path])
    }
    let place = ["-GPSLatitude=29.5", "-GPSLatitudeRef=N", "-GPSLongitude=106.5", "-GPSLongitudeRef=E"]
    switch type {
    case "jpg", "png", "webp", "heic":
      try run(
        "exiftool",
        place + ["-Orientation#=6", "-ImageDescription=Secret", "-XMP:Title=Secret", "-overwrite_original", path])
    case "mp4", "mov", "m4a":
      let places = [
        "-XMP:GPSLatitude=29.5", "-Keys:GPSCoordinates=29.5, 106.5", "-UserData:GPSCoordinates=29.5, 106.5",
      ]
      try run("exiftool", places + ["-XMP:Title=Secret", "-overwrite_original", path])
    default: break
    }
  }

  /// All that ExifTool finds in the file.
  static func tags(_ path: String) throws -> String { try run("exiftool", ["-a", "-G1", "-s", "-ee", path]) }

  /// A digest of every frame as it is shown.
  static func frames(_ path: String, _ type: String) throws -> String {
    if type == "heic" {
      try run("heif-convert", [path, path + ".back.png"])
      return try frames(path + ".back.png", "png")
    }
    return try run("ffmpeg", ["-v", "error", "-noautorotate", "-i", path, "-f", "md5", "-"])
  }

  @discardableResult
  private static func run(_ name: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/" + name)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(said: name + ": " + said) }
    return said
  }
}
