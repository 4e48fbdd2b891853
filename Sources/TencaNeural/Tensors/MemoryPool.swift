import Synchronization

/// Memory that was given back and waits to be taken again.
///
/// A training step asks for the same sizes as the step before it. Fresh pages from the system cost
/// about as much as the arithmetic that fills them, so blocks are kept instead. What is kept is
/// bounded: beyond the bound everything is returned, and the steps that follow fill the pool anew.
enum MemoryPool {
  /// Blocks below this size are not worth keeping: the C library keeps such itself.
  private static let smallest = 4096
  /// The bytes that may wait.
  private static let capacity = 1 << 30

  private struct Shelf: @unchecked Sendable {
    var blocks: [Int: [UnsafeMutableRawPointer]] = [:]
    var byteCount = 0
  }

  private static let shelf = Mutex(Shelf())

  /// A block of at least `byteCount` bytes, aligned to 64; its contents are undefined.
  static func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
    if byteCount >= smallest {
      let kept = shelf.withLock { shelf -> Address? in
        guard let block = shelf.blocks[byteCount]?.popLast() else { return nil }
        shelf.byteCount -= byteCount
        return Address(block)
      }
      if let kept { return kept.pointer }
    }
    return .allocate(byteCount: max(byteCount, 1), alignment: 64)
  }

  /// Gives back a block that ``take(_:)`` gave for the same size.
  static func give(_ block: UnsafeMutableRawPointer, _ byteCount: Int) {
    guard byteCount >= smallest else { return block.deallocate() }
    let address = Address(block)
    shelf.withLock { shelf in
      if shelf.byteCount + byteCount > capacity { empty(&shelf) }
      shelf.blocks[byteCount, default: []].append(address.pointer)
      shelf.byteCount += byteCount
    }
  }

  private static func empty(_ shelf: inout Shelf) {
    for blocks in shelf.blocks.values { for block in blocks { block.deallocate() } }
    shelf = Shelf()
  }

  /// A pointer on its way through the lock.
  private struct Address: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
    init(_ pointer: UnsafeMutableRawPointer) { self.pointer = pointer }
  }
}
