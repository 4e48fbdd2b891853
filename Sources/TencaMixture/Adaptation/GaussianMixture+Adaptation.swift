public import TencaNumerics

extension GaussianMixture {
  /// This mixture as a background model, adapted to new rows by maximum a posteriori estimation.
  ///
  /// Components that explain none of the rows stay as they are, so mixtures adapted from one
  /// background model can be compared component by component.
  ///
  /// - Parameters:
  ///   - data: As many columns as the mixture.
  ///   - weights: How often each row counts; nil counts every row once.
  ///   - options: What to adapt, and how much.
  ///   - missing: What NaN means.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: As many components of the same kind.
  /// - Throws: ``MixtureError``; what the source throws; `CancellationError`.
  /// - Complexity: O(rows · components · columns) an iteration, for full covariance times columns.
  public func adapted(
    to data: some RowSource, weights: [Double]? = nil,
    options: AdaptationOptions = AdaptationOptions(), missing: MissingCells = .refused,
    execution: Execution = .serial
  ) throws -> GaussianMixture {
    try options.validate()
    let frame = ownFrame(whitens: missing == .refused)
    let prior = entering(frame)
    var adapted = prior
    for _ in 0..<options.iterations {
      let statistics = try adapted.leaving(frame).statistics(
        of: data, in: frame, weights: weights, missing: missing, execution: execution)
      adapted = prior.blended(with: statistics, options: options)
    }
    return adapted.leaving(frame)
  }

  /// This mixture and what rows say, in the frame of both.
  private func blended(
    with statistics: MixtureStatistics, options: AdaptationOptions
  ) -> GaussianMixture {
    let occupancies = statistics.occupancies
    func shares(_ relevance: Double?) -> [Double] {
      occupancies.map { count in
        guard let relevance, count > 0 else { return 0 }
        return count / (count + relevance)
      }
    }
    let weightShares = shares(options.weights)
    let raw = weights.indices.map { component in
      weightShares[component] * occupancies[component] / statistics.mass
        + (1 - weightShares[component]) * weights[component]
    }
    let total = raw.reduce(0, +)
    // Divided by the count where there is one; elsewhere the share is 0.
    let seen = statistics.moments(of: Array(weights.indices))
    let meanShares = shares(options.means)
    var means = meanVectors
    for component in weights.indices where meanShares[component] > 0 {
      for column in 0..<dimensions {
        let old = means[component, column]
        means[component, column] +=
          meanShares[component] * (seen.means[component, column] - old)
      }
    }
    return GaussianMixture(
      uncheckedWeights: raw.map { $0 / total }, meanVectors: means,
      covariances: blended(
        seen, means: means, shares: shares(options.covariances),
        relevance: options.covariances, floor: options.varianceFloor))
  }

  private func blended(
    _ seen: ComponentMoments, means: NDArray<Double>, shares: [Double], relevance: Double?,
    floor: Double
  ) -> Covariances {
    guard let relevance else { return covariances }
    if case .tied(let old) = covariances {
      // One covariance learns from all rows, and each component stands for `relevance` of them.
      let present = seen.occupancies.indices.filter { seen.occupancies[$0] > 0 }
      let count = seen.occupancies.reduce(0, +)
      let share = count / (count + relevance * Double(components))
      let new = covarianceKind.covariances(
        of: ComponentMoments(
          occupancies: present.map { seen.occupancies[$0] },
          means: seen.means.selectingRows(present), moments: present.map { _ in 0 },
          pooled: seen.pooled), floor: 0
      ).covariances.array
      return .tied(raisingEigenvalues(of: new * share + old * (1 - share), floor: floor).matrix)
    }
    // E[zzᵀ] is blended, then the new mean's part is taken off: Reynolds's equation 13.
    let moments = weights.indices.flatMap { component -> [Double] in
      let old = covarianceKind.expectedMoments(
        mean: meanVectors.row(component).elements
      ) { row, column in
        covariances.entry(component: component, row: row, column: column)
      }
      let share = shares[component]
      if share == 0 { return old }
      return old.indices.map { index in
        let new =
          seen.moments[component * seen.momentCount + index] / seen.occupancies[component]
        return share * new + (1 - share) * old[index]
      }
    }
    let whole = covarianceKind.covariances(
      of: ComponentMoments(
        occupancies: weights.map { _ in 1 }, means: means, moments: moments, pooled: []),
      floor: floor
    ).covariances
    // A component that nothing was learned of keeps its covariance to the last digit.
    return whole.keeping(covariances, where: shares.map { $0 == 0 })
  }
}

extension Covariances {
  /// One entry of one component's covariance matrix.
  func entry(component: Int, row: Int, column: Int) -> Double {
    switch self {
    case .spherical, .diagonal:
      row == column ? variance(component: component, column: column) : 0
    case .tied(let matrix): matrix[row, column]
    case .full(let matrices): matrices[[component, row, column]]
    }
  }

  /// These covariances, with those of another mixture for some components.
  func keeping(_ others: Covariances, where kept: [Bool]) -> Covariances {
    let width = array.count / kept.count
    let (own, old) = (array.elements, others.array.elements)
    return Covariances(
      kind,
      NDArray(own.indices.map { kept[$0 / width] ? old[$0] : own[$0] }, shape: array.shape))
  }
}
