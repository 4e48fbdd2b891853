/// A block of memory, aligned to 64 bytes so that whole AVX-512 vectors load without a penalty.
///
/// Owned by one or more ``NDArray`` values. Nothing writes to it while two of them share it, which
/// is what makes the unchecked `Sendable` true.
@usableFromInline
final class AlignedStorage<Scalar: NumericScalar>: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Scalar>
  @usableFromInline let count: Int

  /// Reserves room for `count` scalars; their contents are undefined.
  @usableFromInline
  init(uninitializedCount count: Int) {
    precondition(count >= 0, "an array cannot hold \(count) scalars")
    self.count = count
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: Swift.max(count, 1) * MemoryLayout<Scalar>.stride, alignment: 64)
    base = raw.bindMemory(to: Scalar.self, capacity: Swift.max(count, 1))
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
