internal import TencaMixture
public import TencaNumerics

extension HiddenMarkovModel<AnyEmission> {
  /// The model of hmmlearn's parameters.
  ///
  /// ```python
  /// numpy.savez("m.npz", startprob=m.startprob_, transmat=m.transmat_, means=m.means_, covars=m.covars_)
  /// ```
  ///
  /// | arrays | model |
  /// |---|---|
  /// | `means` [K, D], `covars` [K], [K, D], [D, D] or [K, D, D] | Gaussian: spherical, diagonal, tied, full |
  /// | and `weights` [K, M]; `means` [K, M, D], `covars` [K, M], [K, M, D] or [K, M, D, D] | mixtures |
  /// | `emissionprob` [K, S] | categorical |
  /// | `lambdas` [K, D] | Poisson |
  ///
  /// Where K is D, `covars` [K, D] is taken for diagonal, unless it is symmetric with other numbers
  /// than zero off its diagonal: for tied; where M is D, [K, M, D] is taken for diagonal. What hmmlearn
  /// hands out as `covars_` is often full where the model is not, and scores the same.
  ///
  /// - Parameter arrays: By name; a trailing underscore does not count.
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` for what is missing,
  ///   ``MarkovError/invalidModel(problem:)`` for what does not fit.
  public init(hmmlearn arrays: [String: ArchivedArray]) throws {
    var archive = Archive()
    for (name, array) in arrays {
      archive.arrays[name.hasSuffix("_") ? String(name.dropLast()) : name] = array
    }
    let chain = try MarkovChain(
      initial: archive.numbers("startprob", rank: 1).elements,
      transition: TransitionMatrix(archive.numbers("transmat", rank: 2)))
    let emission: AnyEmission
    if archive.arrays["emissionprob"] != nil {
      emission = AnyEmission(
        try CategoricalEmission(probabilities: archive.numbers("emissionprob", rank: 2)))
    } else if archive.arrays["lambdas"] != nil {
      let rates = try archive.numbers("lambdas", rank: 2)
      guard rates.elements.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw MarkovError.invalidModel(problem: "lambdas that are not all positive")
      }
      emission = AnyEmission(
        ColumnEmission(
          distributions: (0..<rates.rows).map { state in
            rates.row(state).elements.map(Poisson.init(rate:))
          }))
    } else {
      emission = AnyEmission(try archive.hmmlearnGaussians())
    }
    try self.init(chain: chain, emission: emission)
  }
}

extension Archive {
  fileprivate func hmmlearnGaussians() throws -> GaussianEmission {
    let means = try numbers("means")
    let covars = try numbers("covars")
    guard 2...3 ~= means.rank, covars.rank >= 1, !means.isEmpty else {
      throw MarkovError.invalidModel(
        problem: "means of shape \(means.shape) and covars of shape \(covars.shape)")
    }
    let columns = means.shape.last!
    let count = means.count / columns
    let vectors = means.reshaped([count, columns])
    let shape = covars.shape
    let covariances: Covariances
    switch (covars.count, shape.last!) {
    case (count, _): covariances = Covariances(.spherical, covars.reshaped([count]))
    case (columns * columns, columns) where shape.count == 2 && covars.isTied(count: count):
      covariances = Covariances(.tied, covars)
    case (count * columns, columns):
      covariances = Covariances(.diagonal, covars.reshaped([count, columns]))
    case (means.shape[0] * columns * columns, columns) where means.rank == 3:
      // One covariance for all Gaussians of a state.
      covariances = covars.chosenMatrices(
        (0..<count).map { $0 / (count / means.shape[0]) }, columns)
    case (count * columns * columns * columns, columns):
      // Spherical ones, which hmmlearn hands out once a column.
      covariances = covars.chosenMatrices((0..<count).map { $0 * columns }, columns)
    case (count * columns * columns, columns):
      covariances = Covariances(.full, covars.reshaped([count, columns, columns]))
    default:
      throw MarkovError.invalidModel(
        problem: "means of shape \(means.shape) and covars of shape \(shape)")
    }
    let weights = means.rank == 3 ? try numbers("weights", rank: 2) : nil
    return try GaussianEmission(weights: weights, meanVectors: vectors, covariances: covariances)
  }
}

extension NDArray<Double> {
  /// Full covariances: matrices of so many columns, by their places.
  fileprivate func chosenMatrices(_ places: [Int], _ columns: Int) -> Covariances {
    let (values, size) = (elements, columns * columns)
    return Covariances(
      .full,
      NDArray(
        places.flatMap { values[$0 * size..<($0 + 1) * size] },
        shape: [places.count, columns, columns]))
  }

  /// Whether a square matrix is one covariance for all states rather than a variance for each state and
  /// column.
  fileprivate func isTied(count: Int) -> Bool {
    if count != columns { return true }
    var sum = 0.0
    for i in 0..<rows {
      for j in 0..<i {
        if self[i, j] != self[j, i] { return false }
        sum += self[i, j].magnitude
      }
    }
    return sum > 0
  }
}
