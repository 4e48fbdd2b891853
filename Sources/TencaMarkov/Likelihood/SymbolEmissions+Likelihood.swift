internal import TencaNumerics

/// Coordinates: ln p, states × symbols.
extension CategoricalEmission: DifferentiableEmission {
  /// Where the parameters are.
  public var coordinates: [Double] { shareCoordinates(probabilities.elements) }

  /// The emission at other coordinates.
  public func moved(to coordinates: [Double]) -> CategoricalEmission? {
    CategoricalEmission(unchecked: rowsOfShares(at: coordinates, like: probabilities))
  }

  /// The emission a little way off its bounds.
  public var loosened: CategoricalEmission {
    CategoricalEmission(unchecked: probabilities.loosenedRows)
  }

  /// The slope in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    let counts = NDArray(statistics.counts, shape: [symbolCount, stateCount]).transposed()
    return rowGradients(counts: counts.elements, shares: probabilities)
  }

  /// Every probability.
  public var namedParameters: [NamedParameter] {
    probabilities.elements.enumerated().map { index, value in
      NamedParameter(
        "probability", state: index / symbolCount, column: 0, symbol: index % symbolCount, value)
    }
  }
}

/// Coordinates: ln p, states × outcomes.
extension MultinomialEmission: DifferentiableEmission {
  /// Where the parameters are.
  public var coordinates: [Double] { shareCoordinates(probabilities.elements) }

  /// The emission at other coordinates.
  public func moved(to coordinates: [Double]) -> MultinomialEmission? {
    MultinomialEmission(unchecked: rowsOfShares(at: coordinates, like: probabilities), trials)
  }

  /// The emission a little way off its bounds.
  public var loosened: MultinomialEmission {
    MultinomialEmission(unchecked: probabilities.loosenedRows, trials)
  }

  /// The slope in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    rowGradients(counts: statistics.counts, shares: probabilities)
  }

  /// Every probability.
  public var namedParameters: [NamedParameter] {
    probabilities.elements.enumerated().map { index, value in
      NamedParameter(
        "probability", state: index / columnCount, column: index % columnCount, value)
    }
  }
}

/// Rows of shares at coordinates.
func rowsOfShares(at coordinates: [Double], like shares: NDArray<Double>) -> NDArray<Double> {
  let width = shares.columns
  return NDArray(
    (0..<shares.rows).flatMap { sharesAt(coordinates[$0 * width..<($0 + 1) * width]) },
    shape: shares.shape)
}

/// The slope of Σ counts · ln shares over rows of shares.
func rowGradients(counts: [Double], shares: NDArray<Double>) -> [Double] {
  let width = shares.columns
  return (0..<shares.rows).flatMap { row in
    shareGradient(
      counts: counts[row * width..<(row + 1) * width], shares: shares.row(row).elements)
  }
}

/// Coordinates of each state: c in units of the data's spread, φ₁, …, φₚ, and ln(σ² / the data's
/// variance).
extension AutoregressiveEmission: DifferentiableEmission {
  private var spread: Double { dataVariance.squareRoot() }

  /// Where the parameters are.
  public var coordinates: [Double] {
    (0..<stateCount).flatMap { state in
      let row = coefficients.row(state).elements
      return [row[0] / spread] + row.dropFirst() + [logarithm(variances[state] / dataVariance)]
    }
  }

  /// The emission at other coordinates; nil where a variance falls below the least.
  public func moved(to coordinates: [Double]) -> AutoregressiveEmission? {
    let width = order + 2
    var (rows, variances) = ([Double](), [Double]())
    for state in 0..<stateCount {
      let own = coordinates[state * width..<(state + 1) * width]
      rows += [own[own.startIndex] * spread] + own.dropFirst().dropLast()
      variances.append(exponential(own.last!) * dataVariance)
    }
    guard rows.allSatisfy(\.isFinite),
      variances.allSatisfy({
        $0.isFinite && $0 >= Self.varianceFloor * dataVariance * (1 - 1e-9)
      })
    else { return nil }
    return AutoregressiveEmission(
      unchecked: NDArray(rows, shape: coefficients.shape), variances, dataVariance: dataVariance)
  }

  /// The slope in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    let width = order + 2
    return (0..<stateCount).flatMap { state in
      func product(_ i: Int, _ j: Int) -> Double {
        statistics.products[(state * width + min(i, j)) * width + max(i, j)]
      }
      let row = coefficients.row(state).elements
      /// Σ γ zᵢ·(x - Σ φ z).
      func residual(_ i: Int) -> Double {
        (0...order).reduce(product(i, order + 1)) { $0 - row[$1] * product(i, $1) }
      }
      let variance = variances[state]
      let squares = (0...order).reduce(residual(order + 1)) { $0 - row[$1] * residual($1) }
      var slopes = (0...order).map { residual($0) / variance }
      slopes[0] *= spread
      return slopes + [0.5 * (squares / variance - product(0, 0))]
    }
  }

  /// c, φ and σ² of every state.
  public var namedParameters: [NamedParameter] {
    (0..<stateCount).flatMap { state in
      let row = (0...order).map { lag in
        NamedParameter(
          lag == 0 ? "intercept" : "lag \(lag)", state: state, column: 0, coefficients[state, lag])
      }
      return row + [NamedParameter("variance", state: state, column: 0, variances[state])]
    }
  }
}
