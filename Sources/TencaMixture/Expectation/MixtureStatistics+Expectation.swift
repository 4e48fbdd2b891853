package import TencaNumerics

extension MixtureStatistics {
  /// So many features go through one matrix product; few enough to stay in the cache.
  private static let chunkFeatures = 1 << 16

  /// The E-step of a range of rows.
  init<Scalar: NumericScalar>(
    _ range: Range<Int>, of rows: StandardizedRows, under parameters: NaturalParameters<Scalar>,
    incomplete: IncompleteRows?
  ) throws {
    self.init(parameters.kind, components: parameters.components, columns: parameters.columns)
    let chunk = min(512, max(64, Self.chunkFeatures / parameters.width), range.count)
    let buffers = ScoringBuffers(chunk: chunk, parameters: parameters)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: chunk) {
      let taken = first..<min(first + chunk, range.upperBound)
      try rows.read(taken, into: buffers.values)
      var weights = rows.weights.map { Array($0[taken]) }
      var count = taken.count
      if let incomplete {
        let lacking = IncompleteRows.extract(
          from: buffers.values, count: &count, columns: columns, weights: &weights)
        incomplete.add(lacking, to: &self)
      }
      if count > 0 { add(count, weights: weights, buffers, under: parameters) }
    }
  }

  /// Adds the first `count` rows of the buffers.
  private mutating func add<Scalar: NumericScalar>(
    _ count: Int, weights: [Double]?, _ buffers: borrowing ScoringBuffers<Scalar>,
    under parameters: NaturalParameters<Scalar>
  ) {
    let (components, width) = (parameters.components, parameters.width)
    buffers.score(count, by: parameters)
    Scalar._softmaxRows(buffers.terms, buffers.logDensities, count: count, width: components)
    if let weights {
      for row in 0..<count {
        logLikelihood += weights[row] * Double(buffers.logDensities[row])
        mass += weights[row]
        let factor = Scalar(weights[row])
        let shares = buffers.terms + row * components
        for component in 0..<components { shares[component] *= factor }
      }
    } else {
      for row in 0..<count { logLikelihood += Double(buffers.logDensities[row]) }
      mass += Double(count)
    }
    addProducts(buffers.terms, buffers.features, count: count, width: width)
    if covariance == .tied { addPooled(buffers.values, count: count, weights: weights) }
  }

  /// sums += Γᵀ·Φ.
  @specialized(where Scalar == Double)
  package mutating func addProducts<Scalar: NumericScalar>(
    _ shares: UnsafePointer<Scalar>, _ features: UnsafePointer<Scalar>, count: Int, width: Int
  ) {
    let components = components
    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: sums.count) { partial in
      Scalar._slimProduct(
        transposeA: true, m: components, n: width, k: count, a: shares, b: features,
        c: partial.baseAddress!)
      for index in sums.indices { sums[index] += Double(partial[index]) }
    }
  }

  /// pooled += Zᵀ·Z, every row times its weight. Weights the rows in place.
  package mutating func addPooled(
    _ values: UnsafeMutablePointer<Double>, count: Int, weights: [Double]?
  ) {
    if let weights {
      for row in 0..<count {
        let root = weights[row].squareRoot()
        for index in row * columns..<(row + 1) * columns { values[index] *= root }
      }
    }
    Double._gemm(
      transposeA: true, transposeB: false, m: columns, n: columns, k: count, alpha: 1, a: values,
      lda: columns, b: values, ldb: columns, beta: 1, c: &pooled, ldc: columns)
  }

  /// The statistics of rows that belong to one component each.
  ///
  /// - Parameter labels: One a row, below `components`.
  init(
    labels: [Int], components: Int, covariance: CovarianceKind, rows: StandardizedRows,
    execution: Execution
  ) throws {
    let columns = rows.columns
    self = try execution.reduce(count: rows.count, block: StandardizedRows.block) { range in
      var statistics = MixtureStatistics(covariance, components: components, columns: columns)
      var values = try rows.values(range)
      // In a start, a cell that is missing counts as the column's mean.
      for index in values.indices where values[index].isNaN { values[index] = 0 }
      let weights = rows.weights.map { Array($0[range]) }
      statistics.add(&values, labels: labels[range], weights: weights)
      return statistics
    }!
  }

  private mutating func add(
    _ values: inout [Double], labels: ArraySlice<Int>, weights: [Double]?
  ) {
    let width = width
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      let z = Array(values[row * columns..<(row + 1) * columns])
      let features = z + covariance.expectedMoments(mean: z) { _, _ in 0 } + [1]
      for (index, value) in features.enumerated() {
        sums[label * width + index] += weight * value
      }
      mass += weight
    }
    if covariance == .tied {
      values.withUnsafeMutableBufferPointer {
        addPooled($0.baseAddress!, count: labels.count, weights: weights)
      }
    }
  }
}

extension StandardizedRows {
  /// The E-step of all rows under a mixture in the same frame.
  func statistics(under mixture: GaussianMixture, execution: Execution) throws -> MixtureStatistics
  {
    try statistics(
      under: NaturalParameters(mixture),
      incomplete: missing == .marginalized ? IncompleteRows(mixture) : nil, execution: execution)
  }

  /// The E-step of all rows in single precision.
  ///
  /// Rounding θ shifts all log-densities of a component alike; what that does to the
  /// log-likelihood is, to first order, the shift times the sums of φ, and is taken off again. The
  /// errors of single rows, up to 10⁻⁴, differ in sign and average out.
  func coarseStatistics(
    under parameters: NaturalParameters<Double>, execution: Execution
  ) throws -> MixtureStatistics {
    let single = parameters.single
    var statistics = try execution.reduce(count: count, block: Self.block) {
      try MixtureStatistics($0, of: self, under: single, incomplete: nil)
    }!
    for component in 0..<parameters.components {
      for feature in 0..<parameters.width {
        let exact = parameters.theta[feature, component]
        // The logarithm of a weight of zero is infinite in both precisions.
        guard exact.isFinite else { continue }
        statistics.logLikelihood +=
          (exact - Double(single.theta[feature, component]))
          * statistics.sums[component * parameters.width + feature]
      }
    }
    return statistics
  }

  /// The E-step of all rows, of which there must be one.
  func statistics(
    under parameters: NaturalParameters<Double>, incomplete: IncompleteRows? = nil,
    execution: Execution
  ) throws -> MixtureStatistics {
    try execution.reduce(count: count, block: Self.block) {
      try MixtureStatistics($0, of: self, under: parameters, incomplete: incomplete)
    }!
  }
}
