import Cases

/// The numbers of a case's events: 1, 2, 3 … in the order of the log, and ids made of them.
struct EventOrder {
  private(set) var last = 0
  private var missing: [Int] = []

  /// - Returns: the event's number; `nil` for one that was here before.
  mutating func see(id: String, sequence: String?, of caseID: CaseID, _ fault: (String) -> Void) -> Int? {
    guard let number = sequence.flatMap({ Int($0) }), number > 0, String(number) == sequence else {
      fault("its ce_sequence is missing or is no number")
      last += 1
      return last
    }
    if id != "\(caseID).\(number)" { fault("the ce_id of event \(number) is not the case with that number") }
    if number > last {
      if number > last + 1 {
        fault(last == 0 ? "it begins with event \(number)" : "event \(number) follows event \(last)")
        missing += Array((last + 1..<number).suffix(100))
      }
      last = number
      return number
    }
    guard let index = missing.firstIndex(of: number) else {
      fault("event \(number) stands there more than once")
      return nil
    }
    missing.remove(at: index)
    fault("event \(number) comes after event \(last)")
    return number
  }
}
