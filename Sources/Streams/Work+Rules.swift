import EventLog

/// Rules that change while the worker runs.
extension Work {
  /// What one batch changes of a partition's rules.
  struct RulesChange {
    let store: StateStore
    var adopted: AdoptedRules?
    var swept: Swept?
  }

  enum Swept {
    case to([UInt8])
    case all
  }

  /// The processor that records, timers and revisions of this store are for, by now.
  func steps(for store: StateStore) -> any Steps {
    if let adopted = rulesChanges.isEmpty ? nil : rulesChanges[store.partition]?.adopted { return adopted.steps }
    return store.rules?.steps ?? steps
  }

  /// What comes after this in the store's partition is handled by these rules. The same ones again change nothing; those
  /// that the processor can't go by become a dead letter.
  func adopt(_ rules: [UInt8], from record: StoredRecord, _ store: StateStore) {
    let known = rulesChanges[store.partition]?.adopted ?? store.rules
    if known?.bytes == rules { return }
    do throws(Rejection) {
      guard rules.count <= stateLimit else {
        throw Rejection(
          "the rules have \(rules.count) bytes, more than the \(stateLimit) that the changelog has room for")
      }
      // Of the processor that was given at the start, so that what came in between leaves nothing behind.
      guard let adopting = try steps.adopting(rules) else { return }
      let adopted = AdoptedRules(bytes: rules, steps: adopting)
      rulesChanges[store.partition, default: RulesChange(store: store)].adopted = adopted
    } catch {
      bury(record, error.reason, parked: false)
    }
  }

  /// Has the next keys of a partition revised under its newest rules.
  /// - Returns: whether there was anything to do.
  func revise(_ store: StateStore, limit: Int) throws(LogError) -> Bool {
    // Rules of this very batch wait for its commit, so that their sweep sees all the keys that were there before them.
    guard store.sweep != nil, rulesChanges[store.partition]?.adopted == nil else { return false }
    guard let (keys, isEnd) = store.sweep?.next(limit, in: store.table) else { return false }
    let steps = steps(for: store)
    for key in keys {
      revised += 1
      let copy = try load(key, store)
      if try perform(steps.revise(copy, at: now), cause: nil, [], copy).releases { try drain(copy) }
    }
    let swept: Swept = if let last = keys.last, !isEnd { .to(last) } else { .all }
    rulesChanges[store.partition, default: RulesChange(store: store)].swept = swept
    return true
  }

  /// For the changelog, behind the entries.
  func noteRulesChanges() {
    for (partition, change) in rulesChanges.sorted(by: { $0.key < $1.key }) {
      if let adopted = change.adopted {
        note(ChangelogKey.rules.encoded, adopted.bytes, partition)
        note(ChangelogKey.sweep.encoded, ChangelogKey.encodedSweep(after: nil), partition)
      } else {
        switch change.swept {
        case .to(let key): note(ChangelogKey.sweep.encoded, ChangelogKey.encodedSweep(after: key), partition)
        case .all: note(ChangelogKey.sweep.encoded, nil, partition)
        case nil: break
        }
      }
    }
  }

  func applyRulesChanges() {
    for change in rulesChanges.values {
      if let adopted = change.adopted {
        change.store.put(adopted)
      } else {
        switch change.swept {
        case .to(let key): change.store.put(sweptTo: key)
        case .all: change.store.put(sweptTo: nil)
        case nil: break
        }
      }
    }
  }
}
