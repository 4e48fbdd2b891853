internal import TencaNumerics

/// The sums that linear discriminant analysis needs, of frames that belong to known classes.
struct DiscriminantStatistics: Sendable, Mergeable {
  private var counts: [Double]
  /// Classes × columns.
  private var sums: NDArray<Double>
  /// Σ x xᵀ, columns × columns.
  private var products: NDArray<Double>

  init(classes: Int, columns: Int) {
    counts = [Double](repeating: 0, count: classes)
    sums = NDArray(zeros: [classes, columns])
    products = NDArray(zeros: [columns, columns])
  }

  /// - Parameters:
  ///   - frames: frames × columns.
  ///   - classes: One a frame.
  mutating func add(_ frames: NDArray<Float>, classes: [Int]) {
    let width = frames.columns
    products = products + matrixProduct(frames.transposed(), frames).converted()
    frames.withUnsafeBuffer { source in
      sums.withUnsafeMutableBuffer { sums in
        for (frame, number) in classes.enumerated() {
          counts[number] += 1
          for column in 0..<width {
            sums[number * width + column] += Double(source[frame * width + column])
          }
        }
      }
    }
  }

  mutating func merge(_ other: DiscriminantStatistics) {
    counts = zip(counts, other.counts).map { $0 + $1 }
    sums = sums + other.sums
    products = products + other.products
  }

  /// The directions that part the classes best, the best first: those of the largest v'Bv under v'Wv = 1,
  /// with the scatter B between the classes and W within them (Fisher 1936; Haeb-Umbach and Ney 1992).
  ///
  /// - Returns: outputs × columns.
  /// - Throws: `LinearAlgebraError` where the frames are not finite.
  /// - Complexity: O(columns³).
  func directions(_ outputs: Int) throws -> NDArray<Double> {
    let total = counts.reduce(0, +)
    let width = products.rows
    var (within, between) = (products, NDArray<Double>(zeros: [width, width]))
    var centre = [Double](repeating: 0, count: width)
    for number in counts.indices where counts[number] > 0 {
      let sum = sums.row(number).elements
      addOuter(sum, factor: -1 / counts[number], to: &within)
      addOuter(sum, factor: 1 / counts[number], to: &between)
      for column in 0..<width { centre[column] += sum[column] }
    }
    addOuter(centre, factor: -1 / total, to: &between)
    // Columns that say the same twice leave W without an inverse; this much does not move the others.
    let trace = (0..<width).reduce(0) { $0 + within[$1, $1] }
    for column in 0..<width { within[column, column] += 1e-6 * trace / Double(width) + 1e-30 }
    let factor = try choleskyFactor(within)
    let half = try solveTriangular(.lower, factor, between)
    let whitened = try solveTriangular(.lower, factor, half.transposed().contiguous())
    let eigen = try symmetricEigen(whitened)
    let best = eigen.vectors.columns(max(0, width - outputs)..<width).contiguous()
    // Within its classes every output then has the deviation 1.
    let rows = try solveTriangular(.lower, factor, best, transposed: true).transposed()
    let scale = total.squareRoot()
    return NDArray(
      rows: (0..<rows.rows).reversed().map { rows.row($0).elements.map { $0 * scale } })
  }

  private func addOuter(_ vector: [Double], factor: Double, to matrix: inout NDArray<Double>) {
    let width = vector.count
    matrix.withUnsafeMutableBuffer { target in
      for row in 0..<width {
        let scaled = factor * vector[row]
        for column in 0..<width { target[row * width + column] += scaled * vector[column] }
      }
    }
  }
}
