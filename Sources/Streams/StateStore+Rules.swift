import EventLog

/// The rules that a partition goes by, and how far its keys have been revised under them.
extension StateStore {
  /// What the changelog holds of its rules; `nil` if none came yet.
  var storedRules: [UInt8]? {
    table.slot(of: ChangelogKey.rules.encoded).map { [UInt8](table.value(at: $0)) }
  }

  /// Finds the processor that goes by the rules that were restored.
  /// - Parameter steps: of the processor that the worker was given.
  /// - Throws: ``LogError`` with recovery `.stop` if it can't go by them: to go by others in silence would be wrong.
  func adoptStored(by steps: any Steps) throws(LogError) {
    guard let bytes = storedRules else { return }
    let reason: String
    do throws(Rejection) {
      if let adopted = try steps.adopting(bytes) {
        rules = AdoptedRules(bytes: bytes, steps: adopted)
        return
      }
      reason = "this version goes by none"
    } catch {
      reason = error.reason
    }
    throw LogError(
      .corrupt, "\(steps.changelog)/\(partition) holds rules that this version can't go by: \(reason)", recovery: .stop)
  }

  /// Makes certain, after the commit, what was adopted: all keys are to be revised.
  func put(_ adopted: AdoptedRules) {
    rules = adopted
    sweep = Sweep()
    put(ChangelogKey.rules.encoded, adopted.bytes)
    put(ChangelogKey.sweep.encoded, ChangelogKey.encodedSweep(after: nil))
  }

  /// Makes certain, after the commit, that all keys up to that one were revised; `nil` if all were.
  func put(sweptTo key: [UInt8]?) {
    if let key {
      sweep?.advance(to: key)
      put(ChangelogKey.sweep.encoded, ChangelogKey.encodedSweep(after: key))
    } else {
      sweep = nil
      put(ChangelogKey.sweep.encoded, nil)
    }
  }

  /// What is still to be revised, as the changelog tells it.
  func restoreSweep() throws(ByteReader.Truncated) {
    guard let slot = table.slot(of: ChangelogKey.sweep.encoded) else {
      sweep = nil
      return
    }
    sweep = Sweep(after: try ChangelogKey.sweepPlace(table.value(at: slot)))
  }
}
