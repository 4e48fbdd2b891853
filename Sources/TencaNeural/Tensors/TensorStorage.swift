/// The numbers of one or more tensors. Nothing writes to it once a second tensor shares it, which is
/// what makes the unchecked `Sendable` true.
final class TensorStorage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int

  /// Room for `byteCount` bytes; their contents are undefined.
  init(byteCount: Int) {
    self.byteCount = byteCount
    pointer = MemoryPool.take(byteCount)
  }

  deinit { MemoryPool.give(pointer, byteCount) }
}
