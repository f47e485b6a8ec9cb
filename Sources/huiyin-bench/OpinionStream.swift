import Foundation

/// Citizens who send opinions to `POST /opinions` at a steady pace.
final class OpinionStream: @unchecked Sendable {
  // Unchecked: what is counted is only touched under the lock.
  private let lock = NSLock()
  private var latencies: [Double] = []
  private var failed: String?

  let port: Int
  let perSecond: Int
  private static let connections = 16

  init(port: Int, perSecond: Int) {
    self.port = port
    self.perSecond = perSecond
  }

  /// Blocks until all have been sent.
  func send(from begin: Double, until end: Double) {
    Threads.run(Self.connections) { [self] number in
      do {
        let connection = try LoopbackConnection(port: port)
        var index = number
        while true {
          let time = begin + Double(index) / Double(perSecond)
          if time >= end { return }
          let now = ProcessInfo.processInfo.systemUptime
          if time > now { Thread.sleep(forTimeInterval: time - now) }
          let answer = try connection.ask(Self.request(index))
          lock.withLock {
            // From when it should have been sent: one that had to wait its turn isn't quicker for it.
            if answer.status == 202 { latencies.append((answer.end - time) * 1000) }
            if answer.status != 202 { failed = "an opinion was answered with \(answer.status)" }
          }
          index += Self.connections
        }
      } catch {
        lock.withLock { failed = "\(error)" }
      }
    }
  }

  /// Of those accepted; sorted, in milliseconds.
  var accepted: [Double] { lock.withLock { latencies.sorted() } }
  var failure: String? { lock.withLock { failed } }

  /// - Parameter number: tells one from another, so that nobody takes them for the same.
  static func text(_ number: Int) -> String {
    let matters = [
      "的路灯坏了半个月，晚上走路很不方便，请派人修一修。", "的垃圾好几天没人清运，气味很大，希望尽快处理。", "灌溉水渠堵了，麦子浇不上水，请帮忙疏通。",
      "幼儿园门口上学时段车多路窄，家长很担心孩子的安全。", "工地拖欠工钱三个月，多次讨要都没有结果。", "的公交班次太少，老人看病要等一个多小时。",
      "卫生室经常没有医生值班，配药要跑很远。", "小作坊夜里排放黑烟，邻居都不敢开窗。",
    ]
    let places = ["桥北社区", "东园社区", "上河村", "下河村", "松坪村", "开发区", "柳溪镇", "河口街道"]
    return "\(places[number % places.count])\(matters[number / places.count % matters.count])门牌\(number)号附近。"
  }

  static func request(_ number: Int) -> String {
    let body = #"{"text":"\#(text(number))","citizen":{"anonymous":true}}"#
    return "POST /opinions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}
