internal import CKernels

extension Tensor {
  /// Rows by their numbers, in any order and as often as one likes: an embedding looks up its table so.
  ///
  /// - Precondition: Every number is a row of this matrix, or an index where it has one axis.
  /// - Complexity: O(count of the result).
  public func gathered(_ indices: [Int32]) -> Tensor {
    let rows = shape[0]
    precondition(indices.allSatisfy { $0 >= 0 && $0 < rows }, "an index beyond \(rows) rows")
    let width = count / max(rows, 1)
    let result = Tensor(uninitialized: [indices.count] + shape.dropFirst(), precision)
    withExtendedLifetime(storage) {
      tenca_tensor_gather(
        precision.flag, pointer, indices, result.pointer, indices.count, width)
    }
    return result.recorded(from: self) { step in [step.gradient.scattered(indices, rows: rows)] }
  }

  /// The transpose of ``gathered(_:)``: row `r` is added to row `indices[r]` of zeros.
  public func scattered(_ indices: [Int32], rows: Int) -> Tensor {
    precondition(indices.count == shape[0] && indices.allSatisfy { $0 >= 0 && $0 < rows })
    let result = Tensor(zeros: [rows] + shape.dropFirst(), precision: precision)
    withExtendedLifetime(storage) {
      tenca_tensor_scatter_add(
        precision.flag, pointer, indices, result.pointer, indices.count, count / max(shape[0], 1))
    }
    return result.recorded(from: self) { step in [step.gradient.gathered(indices)] }
  }

  /// Rows with a one at the place of each label and zeros elsewhere; a constant.
  public static func oneHot(
    _ labels: [Int], classes: Int, precision: Precision = .single
  ) -> Tensor {
    var elements = [Double](repeating: 0, count: labels.count * classes)
    for (row, label) in labels.enumerated() {
      precondition((0..<classes).contains(label), "label \(label) of \(classes) classes")
      elements[row * classes + label] = 1
    }
    return Tensor(elements, shape: [labels.count, classes], precision: precision)
  }
}
