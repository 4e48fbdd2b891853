public import TencaNumerics

/// A mixture made ready to score many rows: keep it where scoring is repeated.
///
/// Rows go through matrix products in chunks of a fixed size, the last one padded, so a row's
/// score does not depend on which rows it came with: one at a time, or all at once, on any number
/// of threads, the bytes are the same.
public struct MixtureScorer: Sendable {
  /// What is scored.
  public let mixture: GaussianMixture
  /// What NaN in the data means.
  public let missing: MissingCells
  private let parameters: Parameters
  private let frame: MixtureFrame
  private let incomplete: IncompleteRows

  /// θ in the least precision that serves.
  ///
  /// The terms of φ(z)·θ grow with μᵀPμ while their sum stays near one nat a column. Bells that
  /// are narrow and far from the middle take double precision, at about half the speed.
  private enum Parameters {
    case single(NaturalParameters<Float>)
    case double(NaturalParameters<Double>)
  }

  /// The largest μᵀPμ for which single precision serves: it then costs 2048 · 2⁻²⁴ ≈ 10⁻⁴ nats at
  /// worst.
  private static let singlePrecisionLimit = 2048.0

  /// Makes a mixture ready.
  ///
  /// - Parameters:
  ///   - mixture: What rows are scored by.
  ///   - missing: What NaN means; with ``MissingCells/marginalized``, a row's density is that of
  ///     the cells it has.
  /// - Complexity: O(components · columns), for full covariance times columns².
  public init(_ mixture: GaussianMixture, missing: MissingCells = .refused) {
    self.init(mixture, missing: missing, exactly: false)
  }

  /// - Parameter exactly: Whether to compute in double precision in any case.
  init(_ mixture: GaussianMixture, missing: MissingCells, exactly: Bool) {
    self.mixture = mixture
    self.missing = missing
    frame = mixture.ownFrame(whitens: missing == .refused)
    let inside = mixture.entering(frame)
    let exact = NaturalParameters(inside)
    incomplete = IncompleteRows(inside)
    parameters =
      !exactly && exact.cancellation <= Self.singlePrecisionLimit
      ? .single(exact.single) : .double(exact)
  }

  /// ln p(x) of every row, in nats, to about 10⁻⁴ or one part in 10⁶, whichever is more.
  ///
  /// - Parameters:
  ///   - data: As many columns as the mixture.
  ///   - execution: How the work is carried out.
  /// - Returns: One number a row; -∞ where it lies below the range of single precision.
  /// - Throws: ``MixtureError/wrongColumns(expected:actual:)``,
  ///   ``MixtureError/notFinite(row:column:value:)``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · components · columns), for full covariance times columns.
  public func logDensities(
    _ data: some RowSource, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    let blocks = try score(data, execution: execution, wantsShares: false)
    return NDArray(blocks.flatMap { $0.logDensities.map { Float($0) } })
  }

  /// The probability of every component given each row.
  ///
  /// - Parameters:
  ///   - data: As many columns as the mixture.
  ///   - execution: How the work is carried out.
  /// - Returns: rows × components; each row sums to one.
  /// - Throws: As ``logDensities(_:execution:)``.
  /// - Complexity: As ``logDensities(_:execution:)``.
  public func responsibilities(
    _ data: some RowSource, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    let blocks = try score(data, execution: execution, wantsShares: true)
    return NDArray(blocks.flatMap(\.shares), shape: [data.rowCount, mixture.components])
  }

  /// The most probable component of every row; of equally probable ones the first.
  ///
  /// - Throws: As ``logDensities(_:execution:)``.
  /// - Complexity: As ``logDensities(_:execution:)``.
  public func assign(_ data: some RowSource, execution: Execution = .serial) throws -> [Int] {
    let components = mixture.components
    return try score(data, execution: execution, wantsShares: true).flatMap { block in
      block.logDensities.indices.map { row in
        let shares = block.shares[row * components..<(row + 1) * components]
        return shares.firstIndex(of: shares.max()!)! - shares.startIndex
      }
    }
  }

  /// The scores of consecutive rows.
  struct Block: Sendable {
    var logDensities: [Double]
    /// rows × components, empty where not wanted.
    var shares: [Float]
  }

  private func score(
    _ data: any RowSource, execution: Execution, wantsShares: Bool
  ) throws -> [Block] {
    try data.requireColumns(mixture.dimensions)
    let rows = StandardizedRows(data, frame: frame, missing: missing)
    return try execution.map(rows.blocks) { index in
      try score(rows.block(index), of: data, wantsShares: wantsShares)
    }
  }

  /// The scores of a range of rows.
  func score(_ range: Range<Int>, of data: any RowSource, wantsShares: Bool) throws -> Block {
    switch parameters {
    case .single(let parameters):
      try score(range, of: data, by: parameters, wantsShares: wantsShares)
    case .double(let parameters):
      try score(range, of: data, by: parameters, wantsShares: wantsShares)
    }
  }

  private func score<Scalar: NumericScalar>(
    _ range: Range<Int>, of data: any RowSource, by parameters: NaturalParameters<Scalar>,
    wantsShares: Bool
  ) throws -> Block {
    let components = mixture.components
    // A few microseconds for a single row, near full speed for many.
    let chunk = min(128, max(8, (1 << 16) / parameters.width))
    let buffers = ScoringBuffers(chunk: chunk, parameters: parameters)
    var block = Block(
      logDensities: [Double](repeating: 0, count: range.count),
      shares: [Float](repeating: 0, count: wantsShares ? range.count * components : 0))
    for first in stride(from: 0, to: range.count, by: chunk) {
      let size = min(chunk, range.count - first)
      let start = range.lowerBound + first
      try data.readRows(start..<start + size, into: buffers.values)
      // Padded with a row that is certainly there, so that products always have one shape.
      for row in size..<chunk {
        (buffers.values + row * parameters.columns).update(
          from: buffers.values, count: parameters.columns)
      }
      frame.enter(buffers.values, count: chunk)
      buffers.score(chunk, by: parameters)
      if wantsShares {
        Scalar._softmaxRows(buffers.terms, buffers.logDensities, count: size, width: components)
      } else {
        Scalar._logSumExpRows(buffers.terms, buffers.logDensities, count: size, width: components)
      }
      for row in 0..<size {
        let density = Double(buffers.logDensities[row])
        let shares = (first + row) * components
        if density.isFinite {
          block.logDensities[first + row] = density + frame.logVolume
          guard wantsShares else { continue }
          for component in 0..<components {
            block.shares[shares + component] = Float(buffers.terms[row * components + component])
          }
        } else {
          let exact = try scoreAlone(start + row, of: data)
          block.logDensities[first + row] = exact.logDensity
          guard wantsShares else { continue }
          for component in 0..<components {
            block.shares[shares + component] = Float(exact.shares[component])
          }
        }
      }
    }
    return block
  }

  /// The score of a row that lacks cells, or whose squares overflowed.
  ///
  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` for a number that may not be there.
  private func scoreAlone(
    _ index: Int, of data: any RowSource
  ) throws -> (logDensity: Double, shares: [Double]) {
    var values = [Double](repeating: 0, count: data.columnCount)
    try data.readRows(index..<index + 1, into: &values)
    for (column, value) in values.enumerated() {
      if value.isFinite || value.isNaN && missing == .marginalized { continue }
      throw MixtureError.notFinite(row: index, column: column, value: value)
    }
    if values.contains(where: { $0.isNaN }) {
      let volume = values.indices.reduce(0.0) {
        $0 + (values[$1].isNaN ? 0 : logarithm(frame.scales[$1]))
      }
      frame.enter(&values, count: 1)
      let row = IncompleteRows.Row(values: values, weight: 1, index: index)
      let score = incomplete.groups([row])[0].score(row)
      return (score.logDensity + volume, score.shares)
    }
    var shares = mixture.logTerms(values)
    var logDensity = 0.0
    Double._softmaxRows(&shares, &logDensity, count: 1, width: shares.count)
    return (logDensity, shares)
  }
}
