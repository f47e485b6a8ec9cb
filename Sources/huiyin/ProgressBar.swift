import Foundation

/// A line on the terminal that says how far long work has come; nothing where the standard error stream is no terminal.
struct ProgressBar {
  private let label: String
  private let total: Int
  private let isShown: Bool
  private var shown = -1

  init(_ label: String, total: Int) {
    self.label = label
    self.total = total
    isShown = isatty(2) == 1 && total > 0
  }

  mutating func show(_ done: Int) {
    guard isShown else { return }
    let percent = min(100, done * 100 / total)
    guard percent != shown else { return }
    shown = percent
    let filled = percent * 30 / 100
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    FileHandle.standardError.write(Data("\r\(label) \(bar) \(percent) % (\(done)/\(total))".utf8))
  }

  /// Ends the line.
  mutating func finish() {
    guard isShown else { return }
    show(total)
    FileHandle.standardError.write(Data("\n".utf8))
  }
}
