package import TencaNumerics

/// The components of a mixture, ready for rows that lack cells.
///
/// A row counts by the density of the cells it has; the sums of an M-step receive what each
/// component expects of the others, and of their squares and products (R. Little, D. Rubin,
/// "Statistical analysis with missing data", section 11.2; Z. Ghahramani, M. Jordan, 1994).
package struct IncompleteRows: Sendable {
  let means: NDArray<Double>
  let covariances: Covariances
  /// What is added to each component's log-density: ln w in a mixture.
  let offsets: [Double]

  package init(means: NDArray<Double>, covariances: Covariances, offsets: [Double]) {
    self.means = means
    self.covariances = covariances
    self.offsets = offsets
  }

  init(_ mixture: GaussianMixture) {
    self.init(
      means: mixture.meanVectors, covariances: mixture.covariances,
      offsets: mixture.weights.map { logarithm($0) })
  }

  /// A row with NaN in place of what it lacks.
  package struct Row {
    package var values: [Double]
    package var weight: Double
    /// Its place among the rows it was taken from.
    package var index: Int

    package init(values: [Double], weight: Double, index: Int) {
      self.values = values
      self.weight = weight
      self.index = index
    }
  }

  /// Takes the rows with NaN out of `count` rows and moves the others together.
  static func extract(
    from values: UnsafeMutablePointer<Double>, count: inout Int, columns: Int,
    weights: inout [Double]?
  ) -> [Row] {
    var lacking: [Row] = []
    var kept = 0
    for index in 0..<count {
      let weight = weights?[index] ?? 1
      let row = UnsafeBufferPointer(start: values + index * columns, count: columns)
      if row.contains(where: { $0.isNaN }) {
        lacking.append(Row(values: Array(row), weight: weight, index: index))
        continue
      }
      if kept < index {
        (values + kept * columns).update(from: row.baseAddress!, count: columns)
        weights?[kept] = weight
      }
      kept += 1
    }
    count = kept
    return lacking
  }

  /// Rows that lack the same cells, and all components seen from them.
  package struct Group {
    package let rows: [Row]
    package let components: [ConditionalGaussian]

    /// The components' terms and their sum, in logarithms, of one row.
    func score(_ row: Row) -> (logDensity: Double, shares: [Double]) {
      var shares = components.map { $0.logDensity(row.values) }
      var logDensity = 0.0
      Double._softmaxRows(&shares, &logDensity, count: 1, width: shares.count)
      return (logDensity, shares)
    }
  }

  /// The rows by what they lack, in the order in which each pattern first occurs.
  package func groups(_ rows: [Row]) -> [Group] {
    var order: [[Int]] = []
    var members: [[Int]: [Row]] = [:]
    for row in rows {
      let missing = row.values.indices.filter { row.values[$0].isNaN }
      if members[missing] == nil { order.append(missing) }
      members[missing, default: []].append(row)
    }
    return order.map { missing in
      Group(
        rows: members[missing]!,
        components: offsets.indices.map { component in
          ConditionalGaussian(
            mean: means.row(component).elements, covariances: covariances, component: component,
            missing: missing, offset: offsets[component])
        })
    }
  }

  /// The E-step of some rows.
  func add(_ rows: [Row], to statistics: inout MixtureStatistics) {
    let (width, columns) = (statistics.width, statistics.columns)
    for group in groups(rows) {
      for row in group.rows {
        let score = group.score(row)
        statistics.logLikelihood += row.weight * score.logDensity
        statistics.mass += row.weight
        for (index, component) in group.components.enumerated() {
          let share = row.weight * score.shares[index]
          if share == 0 { continue }
          let mean = component.completed(row.values)
          let moments = statistics.covariance.expectedMoments(
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
}
