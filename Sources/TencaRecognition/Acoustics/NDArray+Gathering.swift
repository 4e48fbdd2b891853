internal import TencaNumerics

extension NDArray {
  /// The rows of these numbers, one after another.
  ///
  /// - Complexity: O(rows · columns).
  func gathering(_ chosen: [Int]) -> NDArray {
    let width = columns
    return NDArray(shape: [chosen.count, width]) { target in
      withUnsafeBuffer { source in
        for (index, row) in chosen.enumerated() {
          (target.baseAddress! + index * width).update(
            from: source.baseAddress! + row * width, count: width)
        }
      }
    }
  }
}
