public import TencaMixture
public import TencaNumerics

extension GaussianEmission {
  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> GaussianEmission {
    let moments = try RowMoments.all(
      of: data, rowWeights: nil, withProducts: false, missing: .marginalized,
      execution: execution)
    let kind: CovarianceKind = covarianceKind == .spherical ? .spherical : .diagonal
    return GaussianEmission(
      unchecked: weights, meanVectors, covariances, varianceFloor,
      frame: MixtureFrame(moments, covariance: kind))
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> MixtureStatistics {
    let (columns, gaussians, states) = (columnCount, meanVectors.rows, stateCount)
    var statistics = MixtureStatistics(covarianceKind, components: gaussians, columns: columns)
    let chunk = min(512, max(rows.count, 1))
    let buffers = ScoringBuffers(chunk: chunk, parameters: parameters)
    for first in stride(from: 0, to: rows.count, by: chunk) {
      let size = min(chunk, rows.count - first)
      buffers.values.update(from: rows.values + first * columns, count: size * columns)
      frame.enter(buffers.values, count: size)
      let shares = posteriors + first * states
      var sum = 0.0
      for index in 0..<size * columns { sum += buffers.values[index] }
      let lacking = sum.isNaN ? extractLacking(buffers, size) : []
      if componentsPerState == 1 && lacking.isEmpty {
        covarianceKind.writeFeatures(
          buffers.values, count: size, columns: columns, whitening: parameters.whitening,
          into: buffers.features)
        statistics.addProducts(shares, buffers.features, count: size, width: parameters.width)
      } else {
        buffers.score(size, by: parameters)
        writeShares(shares, lacking, size, buffers)
        statistics.addProducts(
          buffers.terms, buffers.features, count: size, width: parameters.width)
      }
      add(lacking, shares, to: &statistics)
      if covarianceKind == .tied {
        statistics.addPooled(buffers.values, count: size, weights: nil)
      }
    }
    return statistics
  }

  /// Takes out the rows with NaN, leaving zeros.
  private func extractLacking(
    _ buffers: borrowing ScoringBuffers<Double>, _ count: Int
  ) -> [IncompleteRows.Row] {
    var lacking: [IncompleteRows.Row] = []
    for row in 0..<count {
      let cells = UnsafeMutableBufferPointer(
        start: buffers.values + row * columnCount, count: columnCount)
      guard cells.contains(where: \.isNaN) else { continue }
      lacking.append(.init(values: Array(cells), weight: 1, index: row))
      cells.update(repeating: 0)
    }
    return lacking
  }

  /// Replaces the terms of rows by p(state, component | all data); 0 for rows that lack cells.
  private func writeShares(
    _ posteriors: UnsafePointer<Double>, _ lacking: [IncompleteRows.Row], _ count: Int,
    _ buffers: borrowing ScoringBuffers<Double>
  ) {
    let (states, m) = (stateCount, componentsPerState)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * states) { sums in
      Double._softmaxRows(
        buffers.terms, sums.baseAddress!, count: count * states, width: m)
    }
    for cell in 0..<count * states {
      for component in 0..<m { buffers.terms[cell * m + component] *= posteriors[cell] }
    }
    for row in lacking {
      (buffers.terms + row.index * states * m).update(repeating: 0, count: states * m)
    }
  }

  /// Adds rows that lack cells, by what each Gaussian expects of these.
  private func add(
    _ lacking: [IncompleteRows.Row], _ posteriors: UnsafePointer<Double>,
    to statistics: inout MixtureStatistics
  ) {
    let (m, width, columns) = (componentsPerState, statistics.width, columnCount)
    // Rows that lack everything say nothing of the Gaussians, and would only hold them where they are.
    let telling = lacking.filter { !$0.values.allSatisfy(\.isNaN) }
    for group in incomplete.groups(telling) {
      for row in group.rows {
        let terms = group.components.map { $0.logDensity(row.values) }
        for (index, component) in group.components.enumerated() {
          let state = index / m
          let within = exponential(terms[index] - logSum(terms[state * m..<(state + 1) * m]))
          let share = posteriors[row.index * stateCount + state] * within
          guard share > 0 else { continue }
          let mean = component.completed(row.values)
          let moments = covarianceKind.expectedMoments(
            mean: mean, covariance: component.covariance)
          for (feature, value) in (mean + moments + [1]).enumerated() {
            statistics.sums[index * width + feature] += share * value
          }
          for entry in statistics.pooled.indices {
            let (i, j) = (entry / columns, entry % columns)
            statistics.pooled[entry] += share * (mean[i] * mean[j] + component.covariance(i, j))
          }
        }
      }
    }
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: MixtureStatistics) throws -> GaussianEmission {
    let occupancies = statistics.occupancies
    // Fewer rows than this hold nothing but rounding errors.
    let alive = occupancies.indices.filter { occupancies[$0] > 1e-8 }
    guard !alive.isEmpty else { return self }
    let moments = statistics.moments(of: alive)
    let learned = covarianceKind.covariances(of: moments, floor: varianceFloor).covariances
    let outside = (means: frame.leave(means: moments.means), covariances: frame.leave(learned))
    var means = meanVectors
    for (index, gaussian) in alive.enumerated() {
      for column in 0..<columnCount {
        means[gaussian, column] = outside.means[index, column]
      }
    }
    return GaussianEmission(
      unchecked: maximizedWeights(occupancies), means,
      alive.count == occupancies.count
        ? outside.covariances : covariances.replacing(alive, by: outside.covariances),
      varianceFloor, frame: frame)
  }

  private func maximizedWeights(_ occupancies: [Double]) -> NDArray<Double> {
    let m = componentsPerState
    return NDArray(shape: weights.shape) { target in
      for state in 0..<stateCount {
        let slice = state * m..<(state + 1) * m
        let sum = occupancies[slice].reduce(0, +)
        for index in slice {
          target[index] = sum > 1e-8 ? occupancies[index] / sum : weights[state, index % m]
        }
      }
    }
  }

  /// A Gaussian from each state's rows; with several components, a mixture fitted to these.
  public func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> GaussianEmission {
    let plain = GaussianEmission(
      states: stateCount, columns: columnCount, covariance: covarianceKind,
      varianceFloor: varianceFloor)
    let single = try GaussianEmission(
      unchecked: plain.weights, plain.meanVectors, plain.covariances, varianceFloor, frame: frame
    ).maximized(from: data, labels: labels, doubt: 0, execution: execution)
    if componentsPerState == 1 { return single }
    let parts = try (0..<stateCount).map { state in
      try mixture(of: state, data, labels, like: single, random: random, execution: execution)
    }
    let kind = covarianceKind
    let covariances =
      kind == .tied
      ? single.covariances
      : Covariances(kind, .concatenated(parts.map { $0.covariances.array }))
    return GaussianEmission(
      unchecked: NDArray(parts.flatMap(\.weights), shape: weights.shape),
      .concatenated(parts.map(\.meanVectors)), covariances, varianceFloor, frame: frame)
  }

  /// A mixture of one state's rows, or parts of its Gaussian where it has too few.
  private func mixture(
    of state: Int, _ data: EmissionRows, _ labels: [Int], like single: GaussianEmission,
    random: RandomStream, execution: Execution
  ) throws -> GaussianMixture {
    let rows = labels.indices.filter { labels[$0] == state }
    var mixture = GaussianMixture(
      uncheckedWeights: [1], meanVectors: single.meanVectors.rows(state..<state + 1),
      covariances: single.covariances.selecting([state]))
    if rows.count > 2 * componentsPerState {
      mixture =
        try GaussianMixture.fit(
          SelectedRows(rows, of: data.source),
          options: GaussianMixtureOptions(
            components: componentsPerState, covariance: covarianceKind, iterations: 20,
            tolerance: 1e-3, varianceFloor: varianceFloor, minimumOccupancy: 0, restarts: 1,
            seed: random.split(UInt64(state)).seed, start: .kMeans, missing: .marginalized),
          execution: execution
        ).model
    }
    while mixture.components < componentsPerState { mixture = mixture.splittingHeaviest() }
    return mixture
  }
}

extension Covariances {
  /// These, with those of some components replaced; a tied covariance as a whole.
  fileprivate func replacing(_ components: [Int], by other: Covariances) -> Covariances {
    if kind == .tied { return other }
    var array = array
    let size = array.count / array.rows
    array.withUnsafeMutableBuffer { target in
      other.array.withUnsafeBuffer { source in
        for (index, component) in components.enumerated() {
          for i in 0..<size { target[component * size + i] = source[index * size + i] }
        }
      }
    }
    return Covariances(kind, array)
  }
}
