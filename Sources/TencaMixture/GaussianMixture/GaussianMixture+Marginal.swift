public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension GaussianMixture {
  /// The density of some columns alone, whatever the others hold.
  ///
  /// - Parameter columns: Which, each once; they become columns 0, 1, … in this order.
  /// - Throws: ``MixtureError/invalidOption(name:value:limit:)`` for columns that are not there, or
  ///   twice.
  /// - Complexity: O(components · columns), for full covariance times columns.
  public func marginal(columns: [Int]) throws -> GaussianMixture {
    try MixtureError.require(
      !columns.isEmpty && Set(columns).count == columns.count
        && columns.allSatisfy { (0..<dimensions).contains($0) },
      "columns", columns, "different ones from 0 to \(dimensions - 1)")
    let width = columns.count
    func selecting(_ matrix: NDArray<Double>) -> NDArray<Double> {
      NDArray(columns.flatMap { i in columns.map { matrix[i, $0] } }, shape: [width, width])
    }
    func selectingColumns(_ array: NDArray<Double>) -> NDArray<Double> {
      NDArray(
        weights.indices.flatMap { row in columns.map { array[row, $0] } },
        shape: [components, width])
    }
    let part: Covariances =
      switch covariances {
      case .spherical: covariances
      case .diagonal(let variances): .diagonal(selectingColumns(variances))
      case .tied(let matrix): .tied(selecting(matrix))
      case .full(let matrices):
        .full(
          NDArray.concatenated(weights.indices.map { selecting(matrices.row($0)) })
            .reshaped([components, width, width]))
      }
    return GaussianMixture(
      uncheckedWeights: weights, meanVectors: selectingColumns(meanVectors), covariances: part)
  }

  /// The density of two columns at the points of a grid.
  ///
  /// - Parameters:
  ///   - x: Where to look along the first column.
  ///   - y: Where to look along the second.
  ///   - columns: The two columns.
  ///   - execution: Threads, progress and cancellation.
  /// - Returns: p(x, y), y.count × x.count.
  /// - Throws: As ``marginal(columns:)``; ``MixtureError/notFinite(row:column:value:)``.
  /// - Complexity: O(x.count · y.count · components).
  public func density(
    x: [Double], y: [Double], columns: (Int, Int) = (0, 1), execution: Execution = .serial
  ) throws -> NDArray<Double> {
    let part = try marginal(columns: [columns.0, columns.1])
    let points = NDArray<Double>(
      y.flatMap { y in x.flatMap { [$0, y] } }, shape: [x.count * y.count, 2])
    return try part.logDensities(points, execution: execution)
      .map { exp(Double($0)) }.reshaped([y.count, x.count])
  }
}
