import Foundation
import Testing

/// A Chromium without a window, 360 points wide, driven over WebDriver (W3C) through chromedriver.
final class Chromium {
  static let isThere = ["chromium", "chromedriver", "curl"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
  }

  private let driver = Process()
  private var base = ""
  private var session = ""

  init(language: String) async throws {
    let output = Pipe()
    driver.executableURL = URL(fileURLWithPath: "/usr/bin/chromedriver")
    driver.arguments = ["--port=0"]
    driver.standardOutput = output
    driver.standardError = FileHandle.nullDevice
    try driver.run()
    var said = ""
    var port: Substring?
    while port == nil {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      said += String(decoding: data, as: UTF8.self)
      port = said.firstMatch(of: /started successfully on port (\d+)\./)?.output.1
    }
    base = try "http://127.0.0.1:\(#require(port))/session"
    let options: [String: Any] = [
      "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"],
      "mobileEmulation": ["deviceMetrics": ["width": 360, "height": 740, "pixelRatio": 2.0, "touch": true]],
      "prefs": ["intl.accept_languages": language],
    ]
    let capabilities: [String: Any] = [
      "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
    ]
    let answer = try await call("", ["capabilities": ["alwaysMatch": capabilities]]) as? [String: Any]
    session = try #require(answer?["sessionId"] as? String)
    // A tap may return before the next page is there: what is looked for is waited for.
    _ = try await call("/timeouts", ["implicit": 60_000])
  }

  /// Ends the browser and its driver.
  func end() async throws {
    _ = try await call("", method: "DELETE")
    _ = try await Self.curl(base.replacing("/session", with: "/shutdown"), method: "GET", body: nil)
  }

  /// Of a test that failed: asked first, since the driver takes its browser along then and at no signal.
  deinit {
    guard driver.isRunning else { return }
    let asking = Process()
    asking.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    asking.arguments = ["--silent", "--max-time", "5", base.replacing("/session", with: "/shutdown")]
    asking.standardOutput = FileHandle.nullDevice
    try? asking.run()
    asking.waitUntilExit()
    kill(driver.processIdentifier, SIGKILL)
  }

  func open(_ url: String) async throws { _ = try await call("/url", ["url": url]) }

  func run(_ script: String) async throws -> Any? {
    try await call("/execute/sync", ["script": script, "args": []])
  }

  func type(_ text: String, into selector: String) async throws {
    _ = try await call("/element/\(try await element(selector))/value", ["text": text])
  }

  func tap(_ selector: String) async throws {
    _ = try await call("/element/\(try await element(selector))/click", [:])
  }

  /// Returns once there is such an element.
  func see(_ selector: String) async throws { _ = try await element(selector) }

  func text(_ selector: String) async throws -> String {
    try await call("/element/\(try await element(selector))/text", method: "GET") as? String ?? ""
  }

  /// What the browser complained of since it was asked last.
  func complaints() async throws -> [String] {
    let entries = try await call("/se/log", ["type": "browser"]) as? [[String: Any]] ?? []
    return entries.compactMap { entry in entry["level"] as? String == "DEBUG" ? nil : entry["message"] as? String }
  }

  /// PNG of the whole page, however long.
  func picture() async throws -> Data {
    let height = try await run("return document.documentElement.scrollHeight") as? Int ?? 740
    let clip: [String: Any] = ["x": 0, "y": 0, "width": 360, "height": height, "scale": 1]
    let parameters: [String: Any] = ["captureBeyondViewport": true, "format": "png", "clip": clip]
    let answer =
      try await call(
        "/goog/cdp/execute", ["cmd": "Page.captureScreenshot", "params": parameters]) as? [String: Any]
    return try #require((answer?["data"] as? String).flatMap { Data(base64Encoded: $0) })
  }

  func set(offline isOffline: Bool) async throws {
    let conditions: [String: Any] = [
      "offline": isOffline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    ]
    _ = try await call("/goog/cdp/execute", ["cmd": "Network.enable", "params": [String: Any]()])
    _ = try await call("/goog/cdp/execute", ["cmd": "Network.emulateNetworkConditions", "params": conditions])
  }

  private func element(_ selector: String) async throws -> String {
    let answer = try await call("/element", ["using": "css selector", "value": selector]) as? [String: String]
    return try #require(answer?.values.first, "no element \(selector)")
  }

  private func call(_ path: String, _ body: [String: Any]? = nil, method: String = "POST") async throws -> Any? {
    let url = base + (session.isEmpty ? "" : "/" + session) + path
    let sent = try body.map { try JSONSerialization.data(withJSONObject: $0) }
    let data = try await Self.curl(url, method: method, body: sent)
    let value = (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["value"]
    if let trouble = value as? [String: Any], let error = trouble["error"] as? String {
      Issue.record("\(path): \(error): \(trouble["message"] ?? "")")
    }
    return value
  }

  /// On a thread of its own: the pages that the browser asks for meanwhile need Swift's.
  private static func curl(_ url: String, method: String, body: Data?) async throws -> Data {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
        process.arguments =
          ["--silent", "--max-time", "120", "--request", method]
          + (body == nil ? [] : ["--header", "Content-Type: application/json", "--data-binary", "@-"]) + [url]
        process.standardInput = input
        process.standardOutput = output
        do {
          try process.run()
          try input.fileHandleForWriting.write(contentsOf: body ?? Data())
          try input.fileHandleForWriting.close()
          let data = output.fileHandleForReading.readDataToEndOfFile()
          process.waitUntilExit()
          continuation.resume(returning: data)
        } catch {
          continuation.resume(throwing: error)
        }
      }
    }
  }
}
