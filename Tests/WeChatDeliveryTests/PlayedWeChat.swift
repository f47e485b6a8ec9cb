import Foundation
import FoundationNetworking
import Synchronization
import Testing

/// A process of `wechat.py`, which plays WeChat's interface.
final class PlayedWeChat: Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  struct Call: Decodable {
    struct Body: Decodable, Hashable {
      struct Text: Decodable, Hashable { let content: String }
      struct Field: Decodable, Hashable { let value: String }

      let touser: String
      let msgtype: String?
      let text: Text?
      let template_id: String?
      let data: [String: Field]?
      let page: String?
      let url: String?
      let client_msg_id: String?
    }

    let path: String
    let body: Body
    let errcode: Int
  }

  struct Tokens: Decodable {
    let asked: Int
    let forced: Int
  }

  /// That of `HUIYIN_TEST_PYTHON`, else `python3`.
  static let python = ProcessInfo.processInfo.environment["HUIYIN_TEST_PYTHON"] ?? "python3"
  static let missing: Comment = "no \(python) to play WeChat with"
  static let noWechatpy: Comment =
    "no wechatpy under \(python): pip install wechatpy cryptography, and name that Python in HUIYIN_TEST_PYTHON"

  /// Asked for once each, when the tests are listed.
  static let isThere = runs("import http.server")
  static let hasWechatpy = runs("import wechatpy")

  private static func runs(_ statement: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", statement]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("wechat.py").path

  let port: Int
  private let process: Process
  private let input: Pipe

  var address: String { "http://127.0.0.1:\(port)" }

  /// Returns once it listens.
  init() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [Self.python, Self.script, "serve"]
    let output = Pipe()
    input = Pipe()
    process.standardOutput = output
    process.standardInput = input
    try process.run()
    self.process = process
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(said.prefix { $0 != "\n" }) else { throw Failure(description: "it doesn't listen") }
    self.port = port
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func calls() async throws -> [Call] { try JSONDecoder().decode([Call].self, from: try await get("/test/calls")) }
  func tokens() async throws -> Tokens { try JSONDecoder().decode(Tokens.self, from: try await get("/test/tokens")) }
  func spoilTokens() async throws { try await post("/test/tokens", "{}") }

  /// - Parameter answers: what the next calls on that path get, as JSON.
  func answer(_ path: String, with answers: String) async throws {
    try await post("/test/next", #"{"path":"\#(path)","answers":\#(answers)}"#)
  }

  private func get(_ path: String) async throws -> Data {
    guard let url = URL(string: address + path) else { throw Failure(description: path) }
    return try await URLSession.shared.data(from: url).0
  }

  private func post(_ path: String, _ body: String) async throws {
    guard let url = URL(string: address + path) else { throw Failure(description: path) }
    var request = URLRequest(url: url)
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    _ = try await URLSession.shared.data(for: request)
  }

  /// What wechatpy is answered when it sends these.
  func sendByWechatpy(_ lines: [String]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [Self.python, Self.script, "send", "\(port)"]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    try input.fileHandleForWriting.close()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "wechatpy failed") }
    return said.split(separator: "\n").map(String.init)
  }
}
