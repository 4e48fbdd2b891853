public import TencaMarkov
public import TencaNumerics

/// What regimes emit: rows of one or several series y and of their regressors x, of which y is explained.
///
/// Columns are those of y, then those of x. A row that lacks a number counts for nothing.
public struct RegimeEmission: Emission, Equatable {
  /// What there is, and what of it switches.
  public let layout: RegimeLayout
  /// c, or the means, regimes × series.
  public let intercepts: NDArray<Double>
  /// B, regimes × series × regressors.
  public let slopes: NDArray<Double>
  /// Σ, regimes × series × series.
  public let covariances: NDArray<Double>
  /// Λ, regimes × series × factors; nil where Σ is any covariance. What is left is Ψ, a diagonal.
  let loadings: NDArray<Double>?
  /// What gives errors their shape: the degrees of freedom; or the share of the tail, and by how much
  /// its variance is larger.
  public let shape: [Double]
  /// Mean and spread of every column in the data; 0 and 1 before they are known.
  let centers: [Double]
  let spreads: [Double]
  /// Whether parameters mean anything yet.
  private let isBlank: Bool

  /// The least variance in any direction, as a share of the data's own.
  static let varianceFloor = 1e-6

  /// Makes an emission of known parameters.
  ///
  /// - Throws: `MarkovError.invalidModel` for shapes or numbers that do not fit.
  public init(
    _ layout: RegimeLayout, intercepts: NDArray<Double>, slopes: NDArray<Double>,
    covariances: NDArray<Double>, loadings: NDArray<Double>? = nil, shape: [Double] = []
  ) throws {
    let (k, d, m) = (layout.regimes, layout.series, layout.regressors)
    guard intercepts.shape == [k, d], slopes.shape == [k, d, m], covariances.shape == [k, d, d],
      shape.count == layout.shapeNames.count,
      loadings?.shape == layout.factors.map({ [k, d, $0] })
    else {
      throw MarkovError.invalidModel(
        problem: "regimes of intercepts \(intercepts.shape), slopes \(slopes.shape), covariances "
          + "\(covariances.shape)")
    }
    let numbers = intercepts.elements + slopes.elements + covariances.elements + shape
    guard numbers.allSatisfy(\.isFinite),
      (0..<k).allSatisfy({ (try? choleskyFactor(covariances.row($0))) != nil }),
      layout.errors == .gaussian || shape[0] > 0,
      layout.errors != .mixture || shape[0] < 1 && shape[1] >= 1
    else {
      throw MarkovError.invalidModel(problem: "parameters of regimes that are no distribution")
    }
    self.init(
      layout, intercepts, slopes, covariances, shape, loadings: loadings,
      centers: [Double](repeating: 0, count: d + m), spreads: [Double](repeating: 1, count: d + m))
  }

  /// Makes an emission that is to be learned.
  public init(_ layout: RegimeLayout) {
    let (k, d, m) = (layout.regimes, layout.series, layout.regressors)
    let shape: [Double] =
      switch layout.errors {
      case .gaussian: []
      case .studentT: [8]
      case .mixture: [0.1, 5]
      }
    self.init(
      layout, NDArray(zeros: [k, d]), NDArray(zeros: [k, d, m]),
      .concatenated([NDArray](repeating: .identity(d), count: k)).reshaped([k, d, d]), shape,
      loadings: layout.factors.map { Self.firstLoadings(k, d, $0) },
      centers: [Double](repeating: 0, count: d + m), spreads: [Double](repeating: 1, count: d + m),
      isBlank: true)
  }

  init(
    _ layout: RegimeLayout, _ intercepts: NDArray<Double>, _ slopes: NDArray<Double>,
    _ covariances: NDArray<Double>, _ shape: [Double], loadings: NDArray<Double>?,
    centers: [Double], spreads: [Double], isBlank: Bool = false
  ) {
    self.layout = layout
    self.intercepts = intercepts
    self.slopes = slopes
    self.covariances = covariances
    self.shape = shape
    self.loadings = loadings
    self.centers = centers
    self.spreads = spreads
    self.isBlank = isBlank
  }

  /// Loadings to start from: no two factors alike, half of the variance explained.
  private static func firstLoadings(_ k: Int, _ d: Int, _ factors: Int) -> NDArray<Double> {
    NDArray(shape: [k, d, factors]) { target in
      for index in target.indices {
        let (series, factor) = (index / factors % d, index % factors)
        let angle = Double.pi * Double(factor) * (Double(series) + 0.5) / Double(d)
        target[index] = cosine(angle) * (0.5 / Double(factors)).squareRoot()
      }
    }
  }

  /// The number of states: regimes, and those that are remembered.
  public var stateCount: Int { layout.states }
  /// The number of columns of a row.
  public var columnCount: Int { layout.series + layout.regressors }
  /// The number of free parameters.
  public var parameterCount: Int { layout.parameterCount }
  /// Where only the spread differs, rows that lie close together say nothing of their regime.
  public var startsFromClusters: Bool { layout.switchesIntercept && layout.memory == 0 }

  /// What each state is expected to emit with regressors at their means, states × columns.
  public var means: NDArray<Double> {
    NDArray(
      rows: (0..<stateCount).map { state in
        let regime = layout.regime(of: state)
        let values = (0..<layout.series).map { series in
          (0..<layout.regressors).reduce(line(of: state, series)[0]) {
            $0 + slopes[[regime, series, $1]] * centers[layout.series + $1]
          }
        }
        return values + centers[layout.series...]
      })
  }

  /// The constant and the coefficients that explain one series in a state.
  func line(of state: Int, _ series: Int) -> [Double] {
    let regime = layout.regime(of: state)
    var result = [intercepts[regime, series]]
    for term in 0..<layout.regressors {
      let slope = slopes[[regime, series, term]]
      result.append(slope)
      if term < layout.memory {
        result[0] -= slope * intercepts[layout.regime(of: state, back: term + 1), series]
      }
    }
    return result
  }

  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> RegimeEmission {
    var (counts, sums) = ([Double](repeating: 0, count: columnCount), [Double]())
    sums = counts
    var squares = counts
    try data.forEachBlock { _, block in
      for row in 0..<block.rows {
        for column in 0..<columnCount where !block[row, column].isNaN {
          // Relative to the first value, so that an offset costs no digits.
          if counts[column] == 0 { squares[column] = block[row, column] }
          counts[column] += 1
        }
      }
    }
    let firsts = squares
    squares = [Double](repeating: 0, count: columnCount)
    try data.forEachBlock { _, block in
      for row in 0..<block.rows {
        for column in 0..<columnCount where !block[row, column].isNaN {
          let offset = block[row, column] - firsts[column]
          sums[column] += offset
          squares[column] += offset * offset
        }
      }
    }
    let offsets = zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    let centers = zip(firsts, offsets).map { $0 + $1 }
    let spreads = (0..<columnCount).map { column in
      let variance =
        counts[column] > 0
        ? squares[column] / counts[column] - offsets[column] * offsets[column] : 0
      return variance > 0
        ? variance.squareRoot() : centers[column] == 0 ? 1 : abs(centers[column])
    }
    guard isBlank else {
      return RegimeEmission(
        layout, intercepts, slopes, covariances, shape, loadings: loadings, centers: centers,
        spreads: spreads)
    }
    let (k, d) = (layout.regimes, layout.series)
    return RegimeEmission(
      layout, NDArray((0..<k).flatMap { _ in centers[..<d] }, shape: [k, d]), slopes,
      NDArray(shape: covariances.shape) { target in
        for index in target.indices {
          let (row, column) = (index / d % d, index % d)
          target[index] = row == column ? spreads[row] * spreads[row] : 0
        }
      }, shape,
      loadings: loadings.map { loadings in
        NDArray(shape: loadings.shape) { target in
          for (index, value) in loadings.elements.enumerated() {
            target[index] = value * spreads[index / loadings.shape[2] % d]
          }
        }
      }, centers: centers, spreads: spreads)
  }

  /// The emission with the states in another order: state `order[k]` becomes state k. With a memory, the
  /// order is that of the regimes.
  public func reordered(_ order: [Int]) -> RegimeEmission {
    func moved(_ array: NDArray<Double>) -> NDArray<Double> {
      NDArray(order.flatMap { array.row($0).elements }, shape: array.shape)
    }
    return RegimeEmission(
      layout, moved(intercepts), moved(slopes), moved(covariances), shape,
      loadings: loadings.map(moved), centers: centers, spreads: spreads)
  }

  /// A row drawn from a state, with regressors at their means.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    let regressors = Array(centers[layout.series...])
    return draw(state, regressors, using: &random) + regressors
  }

  /// The series of a row, drawn from a state given the row's regressors.
  func draw(
    _ state: Int, _ regressors: [Double], using random: inout RandomStream
  ) -> [Double] {
    let regime = layout.regime(of: state)
    let d = layout.series
    let scale: Double =
      switch layout.errors {
      case .gaussian: 1
      case .studentT: 1 / (random.gamma(shape: shape[0] / 2) / (shape[0] / 2)).squareRoot()
      case .mixture: random.uniform() < shape[0] ? shape[1].squareRoot() : 1
      }
    let normals = (0..<d).map { _ in random.normal() }
    // A covariance that was checked, or learned, has a factor.
    let factor = try! choleskyFactor(covariances.row(regime))
    return (0..<d).map { series in
      let own = line(of: state, series)
      let mean = regressors.indices.reduce(own[0]) { $0 + own[1 + $1] * regressors[$1] }
      return (0...series).reduce(mean) { $0 + scale * factor[series, $1] * normals[$1] }
    }
  }
}
