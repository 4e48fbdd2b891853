import Dispatch
import Synchronization

extension Execution {
  /// Calls `body` for every index below `count`, several at a time, in no particular order.
  ///
  /// Indices are claimed one by one, so uneven work balances itself. Waking a thread costs about
  /// 50 µs: give each index at least ten times that to do.
  ///
  /// - Throws: The error of the lowest index that failed, or `CancellationError`; indices not
  ///   started by then are skipped.
  public func forEach(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<max(count, 0) {
        try cancellation.check()
        try body(index)
      }
      return
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(index: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        do {
          try cancellation.check()
          try body(index)
        } catch {
          failure.withLock { first in
            if index < first?.index ?? Int.max { first = (index, error) }
          }
          next.store(count, ordering: .relaxed)
        }
      }
    }
    if let failed = failure.withLock({ $0 }) { throw failed.error }
  }

  /// The results of `transform` for every index below `count`, in index order.
  ///
  /// - Throws: As ``forEach(_:_:)``.
  public func map<Result: Sendable>(
    _ count: Int, _ transform: @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    if threads == 1 || count < 2 {
      return try (0..<count).map { index in
        try cancellation.check()
        return try transform(index)
      }
    }
    let slots = [Result?](repeating: nil, count: count)
    return try withUnsafeTemporarySlots(slots) { pointer in
      try forEach(count) { index in pointer.value[index] = try transform(index) }
      return (0..<count).map { pointer.value[$0]! }
    }
  }

  /// Statistics of `count` items, made block by block and merged in block order.
  ///
  /// The blocks depend on `count` and `block` only, and the merging order is fixed: one thread and
  /// sixteen give the same bytes.
  ///
  /// - Parameters:
  ///   - count: The number of items.
  ///   - block: The items that one call of `body` takes, at least 1.
  ///   - body: Makes the statistics of a range of items.
  /// - Returns: The merged statistics, nil when `count` is 0.
  /// - Throws: As ``forEach(_:_:)``.
  public func reduce<Statistics: Mergeable & Sendable>(
    count: Int, block: Int, _ body: @Sendable (Range<Int>) throws -> Statistics
  ) throws -> Statistics? {
    precondition(block >= 1, "a block of \(block) items")
    let blocks = (count + block - 1) / block
    // Enough blocks in flight to keep every thread busy, few enough to bound memory.
    let wave = threads * 4
    var total: Statistics?
    for start in stride(from: 0, to: blocks, by: wave) {
      let parts = try map(min(wave, blocks - start)) { index in
        let first = (start + index) * block
        return try body(first..<min(first + block, count))
      }
      for part in parts {
        if total == nil { total = part } else { total!.merge(part) }
      }
    }
    return total
  }
}

/// A pointer that distinct threads write to at distinct indices.
private struct Slots<Result>: @unchecked Sendable {
  let value: UnsafeMutablePointer<Result?>
}

private func withUnsafeTemporarySlots<Result, Output>(
  _ initial: [Result?], _ body: (Slots<Result>) throws -> Output
) rethrows -> Output {
  var slots = initial
  return try slots.withUnsafeMutableBufferPointer { try body(Slots(value: $0.baseAddress!)) }
}
