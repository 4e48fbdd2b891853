internal import Synchronization

/// Memory that is used again: what the system hands out anew at every iteration costs as much as half
/// of the recursions.
final class SpareMemory: Sendable {
  private struct Block: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Double>
    let capacity: Int
  }

  private let spare = Mutex<[Block]>([])

  /// Memory for so many numbers, not set.
  func take(_ capacity: Int) -> UnsafeMutablePointer<Double> {
    spare.withLock { blocks -> Block? in
      blocks.firstIndex { $0.capacity == capacity }.map { blocks.remove(at: $0) }
    }?.pointer ?? .allocate(capacity: capacity)
  }

  /// Takes memory back.
  func give(_ pointer: UnsafeMutablePointer<Double>, _ capacity: Int) {
    let block = Block(pointer: pointer, capacity: capacity)
    spare.withLock { $0.append(block) }
  }

  deinit {
    spare.withLock { blocks in
      for block in blocks { block.pointer.deallocate() }
    }
  }
}
