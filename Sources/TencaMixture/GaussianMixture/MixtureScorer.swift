public import TencaNumerics

/// A mixture made ready to score many rows: keep it where scoring is repeated.
///
/// Rows go through a matrix product in blocks of a fixed size, the last one padded, so a row's
/// score does not depend on which rows it came with: one at a time, or all at once, on any number
/// of threads, the bytes are the same.
public struct MixtureScorer: Sendable {
  /// What is scored.
  public let mixture: GaussianMixture
  private let parameters: Parameters
  private let centres: [Double]
  private let scales: [Double]
  private let logVolume: Double

  /// The rows of one matrix product: a few microseconds for a single row, near full speed for
  /// many.
  private static let chunk = 128

  /// θ of ``DiagonalFeatures``, width × components, in the least precision that serves.
  ///
  /// The terms of φ(z)·θ grow with μ²/σ² while their sum stays near one nat a column. Bells that
  /// are narrow and far from the middle take double precision, at about half the speed.
  private enum Parameters {
    case single(NDArray<Float>)
    case double(NDArray<Double>)
  }

  /// The largest μ²/σ², summed over columns, for which single precision serves: it then costs
  /// 2048 · 2⁻²⁴ ≈ 10⁻⁴ nats at worst.
  private static let singlePrecisionLimit = 2048.0

  /// Makes a mixture ready.
  ///
  /// - Complexity: O(components · columns).
  public init(_ mixture: GaussianMixture) {
    self.mixture = mixture
    let moments = mixture.columnMoments
    centres = moments.means
    scales = moments.variances.map { 1 / $0.squareRoot() }
    logVolume = scales.reduce(0.0) { $0 + logarithm($1) }
    let standardized = mixture.standardized(centres: centres, scales: scales)
    let exact = DiagonalFeatures.parameters(of: standardized)
    let cancellation = DiagonalFeatures.cancellation(in: standardized)
    parameters =
      cancellation <= Self.singlePrecisionLimit ? .single(exact.converted()) : .double(exact)
  }

  /// ln p(x) of every row, in nats, to about 10⁻⁴ or one part in 10⁶, whichever is more.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - execution: How the work is carried out.
  /// - Returns: One number a row; -∞ where it lies below the range of single precision.
  /// - Throws: ``MixtureError/wrongColumns(expected:actual:)``,
  ///   ``MixtureError/notFinite(row:column:value:)``; `CancellationError`.
  /// - Complexity: O(rows · components · columns).
  public func logDensities(
    _ data: NDArray<Float>, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    let blocks = try score(data, execution: execution, wantsResponsibilities: false)
    return NDArray(blocks.flatMap(\.logDensities))
  }

  /// The probability of every component given each row.
  ///
  /// - Parameters:
  ///   - data: rows × columns.
  ///   - execution: How the work is carried out.
  /// - Returns: rows × components; each row sums to one.
  /// - Throws: As ``logDensities(_:execution:)``.
  /// - Complexity: O(rows · components · columns).
  public func responsibilities(
    _ data: NDArray<Float>, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    let blocks = try score(data, execution: execution, wantsResponsibilities: true)
    return NDArray(
      blocks.flatMap(\.responsibilities), shape: [data.rows, mixture.components])
  }

  /// The scores of consecutive rows.
  private struct Block: Sendable {
    var logDensities: [Float] = []
    var responsibilities: [Float] = []
  }

  private func score(
    _ data: NDArray<Float>, execution: Execution, wantsResponsibilities: Bool
  ) throws -> [Block] {
    try data.requireColumns(mixture.dimensions)
    let rows = StandardizedRows(data, centres: centres, scales: scales)
    let count = (rows.count + StandardizedRows.block - 1) / StandardizedRows.block
    return try execution.map(count) { index in
      let first = index * StandardizedRows.block
      let range = first..<min(first + StandardizedRows.block, rows.count)
      return switch parameters {
      case .single(let parameters):
        try score(range, of: rows, by: parameters, wantsResponsibilities: wantsResponsibilities)
      case .double(let parameters):
        try score(range, of: rows, by: parameters, wantsResponsibilities: wantsResponsibilities)
      }
    }
  }

  private func score<Scalar: NumericScalar>(
    _ range: Range<Int>, of rows: StandardizedRows, by parameters: NDArray<Scalar>,
    wantsResponsibilities: Bool
  ) throws -> Block {
    let components = mixture.components
    let buffers = ScoringBuffers<Scalar>(
      chunk: Self.chunk, width: parameters.rows, components: components)
    var block = Block()
    block.logDensities.reserveCapacity(range.count)
    if wantsResponsibilities { block.responsibilities.reserveCapacity(range.count * components) }
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
      let size = min(Self.chunk, range.upperBound - first)
      buffers.score(first..<first + size, of: rows, by: parameters, padded: Self.chunk)
      if wantsResponsibilities {
        Scalar._softmaxRows(buffers.terms, buffers.logDensities, count: size, width: components)
      } else {
        Scalar._logSumExpRows(buffers.terms, buffers.logDensities, count: size, width: components)
      }
      for row in 0..<size {
        let density = Double(buffers.logDensities[row])
        if density.isFinite {
          block.logDensities.append(Float(density + logVolume))
          guard wantsResponsibilities else { continue }
          for component in 0..<components {
            block.responsibilities.append(Float(buffers.terms[row * components + component]))
          }
        } else {
          let exact = try scoreFarRow(first + row, of: rows)
          block.logDensities.append(Float(exact.logDensity))
          if wantsResponsibilities { block.responsibilities += exact.shares.map { Float($0) } }
        }
      }
    }
    return block
  }

  /// The score of a row whose squares overflowed, by differences in double precision.
  ///
  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` where that is why they did.
  private func scoreFarRow(
    _ row: Int, of rows: StandardizedRows
  ) throws -> (logDensity: Double, shares: [Double]) {
    let values = rows.data.row(row).elements
    if let column = values.firstIndex(where: { !$0.isFinite }) {
      throw MixtureError.notFinite(row: row, column: column, value: values[column])
    }
    var shares = mixture.weights.indices.map { component in
      values.indices.reduce(logarithm(mixture.weights[component])) { sum, column in
        let variance = mixture.variances[component, column]
        let deviation = Double(values[column]) - mixture.meanVectors[component, column]
        return sum - 0.5 * (logarithm(2 * .pi * variance) + deviation * (deviation / variance))
      }
    }
    var logDensity = 0.0
    Double._softmaxRows(&shares, &logDensity, count: 1, width: shares.count)
    return (logDensity, shares)
  }
}
