import Foundation
import Time

/// What a piece of work cost this process.
struct Cost {
  /// Seconds of the wall's clock.
  var wall: Double
  /// Seconds of processor time, of all threads.
  var cpu: Double

  static func of(_ work: () throws -> Void) rethrows -> Cost {
    let begin = now
    try work()
    let end = now
    return Cost(wall: end.wall - begin.wall, cpu: end.cpu - begin.cpu)
  }

  private static var now: Cost {
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF, which Swift sees as another type
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Cost(
      wall: Double(time.tv_sec) + Double(time.tv_nsec) / 1e9, cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime))
  }
}

enum ProcessFacts {
  /// Resident memory of a process, in bytes.
  static func residentMemory(of process: Int32 = getpid()) -> Int { memory("VmRSS:", of: process) }

  /// The most memory that a process ever had resident, in bytes.
  static func peakMemory(of process: Int32) -> Int { memory("VmHWM:", of: process) }

  private static func memory(_ name: String, of process: Int32) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return line.flatMap { Int($0.split(whereSeparator: \.isWhitespace).dropLast().last ?? "") }.map { $0 * 1024 } ?? 0
  }

  /// Processor seconds that a process has used.
  static func processorTime(of process: Int32) -> Double {
    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    // Fields are counted behind the name, which stands in parentheses and may hold anything.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}

/// The quantile of sorted values.
func quantile(_ sorted: [Double], _ share: Double) -> Double {
  guard !sorted.isEmpty else { return 0 }
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}
