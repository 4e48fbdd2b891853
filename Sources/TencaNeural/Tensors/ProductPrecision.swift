internal import CKernels

/// In what the operands of matrix products and convolutions are multiplied. Sums and results are single
/// in any case, and so is everything else: weights, moments, norms and losses.
///
/// ```swift
/// ProductPrecision.$current.withValue(.bfloat16) {
///   let (loss, slopes) = try network.lossAndGradients { … }
/// }
/// ```
///
/// A gradient is computed in the precision of the moment in which it is asked for, so both ways belong
/// into one scope. Double-precision tensors heed none of this.
public enum ProductPrecision: String, Sendable, Hashable, Codable, CaseIterable {
  /// As they are, in 32 bits.
  case single
  /// Rounded to 16 bits: the range of single precision with 8 bits of significand, so that no loss needs
  /// scaling (Kalamkar et al. 2019).
  case bfloat16

  /// What holds for this task.
  @TaskLocal public static var current = ProductPrecision.single

  /// Whether oneDNN and the processor multiply bfloat16 themselves (AVX-512 BF16 or AMX).
  ///
  /// Where not, operands are rounded and multiplied in single precision: the same numbers but for the
  /// order of sums, in somewhat more time than single precision takes.
  public static var processorHasBfloat16: Bool { OneDNN.library?.hasBfloat16 ?? false }
}

extension Tensor {
  /// The nearest numbers that bfloat16 has, kept in single precision and not recorded.
  func roundedToBfloat16() -> Tensor {
    let result = Tensor(uninitialized: shape, .single)
    let (source, target) = (
      pointer.assumingMemoryBound(to: Float.self),
      result.pointer.assumingMemoryBound(to: Float.self)
    )
    withExtendedLifetime(storage) {
      forEachPart(of: count) { part in
        let start = part.lowerBound
        tenca_round_to_bfloat16(source + start, target + start, part.count)
      }
    }
    return result
  }

  /// The same in 16 bits each.
  func asBfloat16() -> TensorStorage {
    let result = TensorStorage(byteCount: 2 * count)
    let (source, target) = (
      pointer.assumingMemoryBound(to: Float.self),
      result.pointer.assumingMemoryBound(to: UInt16.self)
    )
    withExtendedLifetime(storage) {
      forEachPart(of: count) { part in
        let start = part.lowerBound
        tenca_store_bfloat16(source + start, target + start, part.count)
      }
    }
    return result
  }
}
