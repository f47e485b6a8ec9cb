import EventLog

/// Records that wait: held until their time comes, or behind one that could not be handled.
extension Work {
  @discardableResult
  func hold(_ record: StoredRecord, _ copy: KeyCopy) -> UInt64 {
    let number = (copy.entry.held.last ?? 0) + 1
    copy.entry.held.append(number)
    change(ChangelogKey.held(copy.key, number), record.encoded, in: copy.store)
    return number
  }

  func letGo(_ number: UInt64, _ copy: KeyCopy) {
    if let index = copy.entry.held.firstIndex(of: number) { copy.entry.held.remove(at: index) }
    change(ChangelogKey.held(copy.key, number), nil, in: copy.store)
  }

  func heldRecord(_ number: UInt64, _ copy: KeyCopy) throws(LogError) -> StoredRecord {
    if case .some(.some(let bytes)) = heldChanges[copy.store.partition]?.changes[.held(copy.key, number)],
      let record = try? StoredRecord(encoded: bytes)
    {
      return record
    }
    return try copy.store.heldRecord(copy.key, number)
  }

  /// Handles what waits, in order, until one can't be handled or only those are left whose time has still not come. Of a
  /// parked key only what was already waiting when it was parked is looked at.
  func drain(_ copy: KeyCopy) throws(LogError) {
    var index = 0
    while index < copy.entry.held.count, copy.entry.held[index] < copy.entry.parked?.record ?? .max {
      let number = copy.entry.held[index]
      let record = try heldRecord(number, copy)
      do throws(Rejection) {
        try steps(for: copy.store).read(record)
      } catch {
        bury(record, error.reason, parked: false)
        letGo(number, copy)
        continue
      }
      // It waits no more while it is handled, or it could bury itself with the others.
      copy.entry.held.remove(at: index)
      let handled = try handle(record, copy)
      if case .done(let releases) = handled {
        letGo(number, copy)
        if releases { index = 0 }
        continue
      }
      index = min(index, copy.entry.held.count)
      copy.entry.held.insert(number, at: index)
      index += 1
      if case .rejected(let reason) = handled { return park(number, record, reason, copy) }
    }
  }

  func park(_ number: UInt64, _ record: StoredRecord, _ reason: String, _ copy: KeyCopy) {
    copy.entry.parked = Entry.Parked(record: number, retries: 0, since: now)
    bury(record, reason, parked: true)
  }

  func buryHeld(_ reason: String, _ copy: KeyCopy) throws(LogError) {
    for number in copy.entry.held where number < copy.entry.parked?.record ?? .max {
      let record = try heldRecord(number, copy)
      bury(record, reason, parked: false)
      letGo(number, copy)
    }
  }

  func bury(
    _ record: StoredRecord, _ reason: String, parked: Bool, retries: Int? = nil, status: DeadLetter.Status? = nil
  ) {
    let retries = retries ?? DeadLetter.replays(of: record.record)
    let letter = DeadLetter(
      record, stage: steps.name, reason: reason, failedAt: now, retries: retries, parked: parked,
      status: status ?? (retries < DeadLetter.maximumRetries ? .open : .quarantined))
    if !letter.status.isSettled { deadLetters.append(letter) }
    outputs.append(letter.output)
  }

  func obey(_ control: Control, _ key: [UInt8], _ store: StateStore) throws(LogError) {
    let copy = try load(key, store)
    guard let parked = copy.entry.parked else { return }
    let record = try heldRecord(parked.record, copy)
    guard control.deadLetter == "\(record.partition)/\(record.offset)" else { return }
    func settle(_ status: DeadLetter.Status) {
      let hollow = StoredRecord(
        partition: record.partition, offset: record.offset, timestamp: record.timestamp,
        record: Record(key: key, value: nil))
      bury(hollow, "settled", parked: true, retries: parked.retries, status: status)
    }
    switch control.verb {
    case .drop:
      settle(.dropped)
      letGo(parked.record, copy)
      copy.entry.parked = nil
      try drain(copy)
    case .retry where parked.retries >= DeadLetter.maximumRetries: return
    case .retry:
      let handled = try readAndHandle(record, copy)
      if case .rejected(let reason) = handled {
        copy.entry.parked?.retries += 1
        bury(record, reason, parked: true, retries: parked.retries + 1)
      } else {
        settle(.retried)
        if case .done = handled { letGo(parked.record, copy) }
        copy.entry.parked = nil
        try drain(copy)
      }
    }
  }
}
