import ArgumentParser
import Assembly
import Cases
import Codes
import Foundation
import QRCodes
import Synchronization

/// How codes are drawn.
struct PictureOption: ParsableArguments {
  @Option(help: "What to write: svg, png, board-a6, board-a4; may be given again.")
  var format: [CodePicture.Format] = [.svg]
  @Option(help: "Pixels of a module in a PNG, 1 to 64.") var scale = 8

  func validate() throws {
    if !QRMatrix.scales.contains(scale) { throw ValidationError("--scale \(scale) is not from 1 to 64") }
  }
}

extension CodePicture.Format: ExpressibleByArgument {}

/// Where pictures of codes are written to: `KIND-HOLDER-ID` and an ending for each format.
struct PictureFolder {
  private let path: String
  private let formats: [CodePicture.Format]
  private let picture: CodePicture

  /// Makes the folder.
  init(_ path: String, _ option: PictureOption, _ office: CodeOffice) throws {
    guard let base = office.base else {
      throw fail("HUIYIN_PUBLIC_URL is not set: a code says an address under it, such as https://example.org")
    }
    self.path = path
    formats = option.format
    picture = CodePicture(
      base: base, keys: office.keys, directory: try office.directory(), scale: option.scale)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw fail("the folder \(path) can't be made: \(error.localizedDescription)")
    }
  }

  /// Draws on all processors. Goes on after a fault, says it, and ends the command with status 1 then.
  func write(_ codes: [Code]) throws {
    let bar = Mutex((bar: ProgressBar("render", total: codes.count), done: 0))
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: codes.count) { index in
      for format in formats {
        if let fault = write(codes[index], as: format) { faults.withLock { $0.append(fault) } }
      }
      bar.withLock { state in
        state.done += 1
        state.bar.show(state.done)
      }
    }
    bar.withLock { $0.bar.finish() }
    let all = faults.withLock { $0.sorted() }
    print("wrote \(codes.count * formats.count - all.count) files to \(path)")
    if !all.isEmpty {
      let shown = all.prefix(20) + (all.count > 20 ? ["… and \(all.count - 20) more"] : [])
      throw fail(shown.joined(separator: "\n"))
    }
  }

  private func write(_ code: Code, as format: CodePicture.Format) -> String? {
    let file = "\(path)/\(code.kind.rawValue)-\(code.holder)-\(code.id)\(format.ending)"
    do throws(CodePicture.Failure) {
      let bytes = try picture.draw(code, as: format)
      do {
        try Data(bytes).write(to: URL(filePath: file))
        return nil
      } catch {
        return "\(file) can't be written: \(error.localizedDescription)"
      }
    } catch {
      return "\(code.id): \(error)"
    }
  }
}
