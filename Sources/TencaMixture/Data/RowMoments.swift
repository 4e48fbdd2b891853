internal import CKernels
public import TencaNumerics

/// The means and the scatter of columns: statistics that add.
///
/// Parts of the data, read by other threads or machines, are merged into what one pass over all of
/// them gives.
public struct RowMoments: Mergeable, Sendable, Equatable {
  /// The number of rows.
  public private(set) var rows: Int
  /// Σ w over all rows; w is 1 without weights.
  public private(set) var mass: Double
  /// Σ w over the rows that have a value there, for each column.
  public private(set) var weights: [Double]
  /// The mean of each column.
  public private(set) var means: [Double]
  /// Σ w (x - mean)² of each column.
  public private(set) var squares: [Double]
  /// Σ w (x - mean)(x - mean)ᵀ, columns × columns in row-major order; empty where not asked for.
  public private(set) var products: [Double]

  /// The number of columns.
  public var columns: Int { means.count }

  /// The variance of each column, Σ w (x - mean)² / Σ w.
  public var variances: [Double] { zip(squares, weights).map { $0 / $1 } }

  /// The moments of a range of rows.
  ///
  /// Deviations are taken from a row of the data first and from the mean of the range then, so
  /// neither a large offset nor a constant column leaves rounding errors behind.
  ///
  /// - Parameters:
  ///   - range: Not empty.
  ///   - source: Where the rows are.
  ///   - rowWeights: One number a row of `source`; nil counts every row once.
  ///   - withProducts: Whether ``products`` are wanted.
  ///   - missing: What NaN means. With ``MissingCells/marginalized``, each column's moments are
  ///     those of the values it has, and there are no products.
  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` for the first number that may not be.
  /// - Complexity: O(rows · columns), times columns with products.
  public init(
    _ range: Range<Int>, of source: any RowSource, rowWeights: [Double]? = nil,
    withProducts: Bool = false, missing: MissingCells = .refused
  ) throws {
    let columns = source.columnCount
    var values = [Double](repeating: 0, count: range.count * columns)
    try source.readRows(range, into: &values)
    try Self.check(values, columns: columns, first: range.lowerBound, missing: missing)
    let origin = (0..<columns).map { column in
      stride(from: column, to: values.count, by: columns).first { !values[$0].isNaN }
        .map { values[$0] } ?? 0
    }
    rows = range.count
    mass = rowWeights?[range].reduce(0, +) ?? Double(range.count)
    weights = [Double](repeating: 0, count: columns)
    means = weights
    squares = weights
    products = []
    values.withUnsafeMutableBufferPointer { values in
      let base = values.baseAddress!
      Self.withWeights(rowWeights, of: range) { own in
        // The sums of deviations, in the place of the means.
        tenca_add_deviations(base, own, origin, &weights, &means, range.count, columns)
        for column in 0..<columns {
          means[column] =
            origin[column] + (weights[column] > 0 ? means[column] / weights[column] : 0)
        }
        tenca_add_squares(base, own, means, &squares, range.count, columns)
      }
    }
    if withProducts && missing == .refused {
      products = [Double](repeating: 0, count: columns * columns)
      Double._gemm(
        transposeA: true, transposeB: false, m: columns, n: columns, k: range.count, alpha: 1,
        a: values, lda: columns, b: values, ldb: columns, beta: 0, c: &products, ldc: columns)
    }
  }

  /// Calls `body` with the weights of some rows; nil where all are 1.
  private static func withWeights(
    _ weights: [Double]?, of range: Range<Int>, _ body: (UnsafePointer<Double>?) -> Void
  ) {
    guard let weights else { return body(nil) }
    weights.withUnsafeBufferPointer { body($0.baseAddress! + range.lowerBound) }
  }

  private static func check(
    _ values: [Double], columns: Int, first: Int, missing: MissingCells
  ) throws {
    try values.withUnsafeBufferPointer {
      try requireFinite($0, columns: columns, firstRow: first, missing: missing)
    }
  }

  /// Adds the moments of other rows (T. Chan, G. Golub, R. LeVeque, 1979).
  public mutating func merge(_ other: RowMoments) {
    var differences = [Double](repeating: 0, count: columns)
    var shares = differences
    for column in means.indices {
      let total = weights[column] + other.weights[column]
      guard total > 0 else { continue }
      differences[column] =
        weights[column] == 0 || other.weights[column] == 0
        ? 0 : other.means[column] - means[column]
      shares[column] = other.weights[column] / total
      if weights[column] == 0 { means[column] = other.means[column] }
      means[column] += differences[column] * shares[column]
      squares[column] +=
        other.squares[column]
        + differences[column] * differences[column] * shares[column] * weights[column]
    }
    for index in products.indices {
      let (i, j) = (index / columns, index % columns)
      products[index] +=
        other.products[index] + differences[i] * differences[j] * shares[i] * weights[i]
    }
    for column in weights.indices { weights[column] += other.weights[column] }
    rows += other.rows
    mass += other.mass
  }
}

extension RowMoments {
  /// So many rows are read at once: a few hundred kilobytes of usual tables.
  static let block = 2048

  /// The moments of a whole source, after checks that something can be learned from it.
  ///
  /// - Throws: ``MixtureError`` where there are no rows, a number is not finite, a weight is
  ///   negative, or a column holds no value at all.
  package static func all(
    of source: any RowSource, rowWeights: [Double]?, withProducts: Bool, missing: MissingCells,
    execution: Execution
  ) throws -> RowMoments {
    guard source.rowCount > 0, source.columnCount > 0 else {
      throw MixtureError.noData(shape: [source.rowCount, source.columnCount])
    }
    if let rowWeights { try check(rowWeights, rows: source.rowCount) }
    let moments = try execution.reduce(count: source.rowCount, block: block) { rows in
      try RowMoments(
        rows, of: source, rowWeights: rowWeights, withProducts: withProducts, missing: missing)
    }!
    if let empty = moments.weights.firstIndex(of: 0) {
      throw MixtureError.noValues(column: empty)
    }
    return moments
  }

  /// - Throws: ``MixtureError/invalidOption(name:value:limit:)`` for weights that are none.
  static func check(_ weights: [Double], rows: Int) throws {
    guard weights.count == rows else {
      throw MixtureError.invalidOption(
        name: "weights", value: "\(weights.count) numbers",
        limit: "one number for each of \(rows) rows")
    }
    if let bad = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw MixtureError.invalidOption(
        name: "weights", value: "\(weights[bad]) at row \(bad)", limit: "0 or more, and finite")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw MixtureError.invalidOption(name: "weights", value: "all 0", limit: "above 0 somewhere")
    }
  }
}
