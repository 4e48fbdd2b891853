internal import TencaNumerics

/// An emission whose parameters can be moved freely, and that says how the likelihood changes as they
/// are: what direct maximisation and standard errors are made of.
///
/// Coordinates are numbers without bounds: logarithms of what is positive, of probabilities each its
/// own logarithm (their sum is taken out when they are read), locations in units of the data's spread.
/// An infinite coordinate is a parameter at its bound; it stays there.
///
/// The slope of ln p(data) is that of the expected ln p(data, states) at the parameters that the
/// expectation was taken under (R. Fisher, 1925), so the statistics of an E-step are all it needs.
public protocol DifferentiableEmission: Emission {
  /// Where the parameters are.
  var coordinates: [Double] { get }
  /// The emission at other coordinates; nil where it would be degenerate, as a spread below the least.
  ///
  /// - Parameter coordinates: As many as ``coordinates``.
  func moved(to coordinates: [Double]) -> Self?
  /// The slope of the expected log-likelihood in every coordinate, at this emission.
  ///
  /// - Parameter statistics: Of an E-step under this very emission.
  func gradient(_ statistics: Statistics) -> [Double]
  /// The parameters as people name them, and their values.
  var namedParameters: [NamedParameter] { get }
  /// The emission a little way off the bounds that its parameters are next to but not at: along a slope
  /// that vanishes there, nothing climbs away. As it is unless an emission says otherwise.
  var loosened: Self { get }
}

extension DifferentiableEmission {
  /// The emission a little way off its bounds.
  public var loosened: Self { self }
}

/// Probabilities of which each that is not zero is at least a thousandth of its even share.
func loosenedShares(_ shares: [Double]) -> [Double] {
  let least = 1e-3 / Double(shares.count)
  let raised = shares.map { $0 > 0 ? max($0, least) : 0 }
  let total = raised.reduce(0, +)
  return raised.map { $0 / total }
}

extension NDArray<Double> {
  /// Rows of probabilities, loosened.
  var loosenedRows: NDArray<Double> {
    NDArray(rows: (0..<rows).map { loosenedShares(row($0).elements) })
  }
}

/// The coordinates of probabilities: their logarithms.
func shareCoordinates(_ shares: some Sequence<Double>) -> [Double] { shares.map(logarithm) }

/// The probabilities at coordinates: e to their power, divided by the sum; where a coordinate is -∞,
/// 0 as before.
func sharesAt(_ coordinates: some Sequence<Double>) -> [Double] {
  let total = logSum(coordinates)
  return coordinates.map { exponential($0 - total) }
}

/// The slope of Σ counts · ln shares in the shares' coordinates.
func shareGradient(
  counts: some Collection<Double>, shares: some Sequence<Double>
) -> [Double] {
  let total = counts.reduce(0, +)
  return zip(counts, shares).map { $1 > 0 ? $0 - total * $1 : 0 }
}

extension ProductEmission: DifferentiableEmission
where First: DifferentiableEmission, Second: DifferentiableEmission {
  /// Those of both.
  public var coordinates: [Double] { first.coordinates + second.coordinates }

  /// Both, moved.
  public func moved(to coordinates: [Double]) -> ProductEmission? {
    let split = first.coordinates.count
    guard let one = first.moved(to: Array(coordinates[..<split])),
      let other = second.moved(to: Array(coordinates[split...]))
    else { return nil }
    return ProductEmission(one, other)
  }

  /// Those of both.
  public func gradient(_ statistics: Statistics) -> [Double] {
    first.gradient(statistics.first) + second.gradient(statistics.second)
  }

  /// Both, a little way off their bounds.
  public var loosened: ProductEmission { ProductEmission(first.loosened, second.loosened) }

  /// Those of both, columns counted over both.
  public var namedParameters: [NamedParameter] {
    let shift = first.columnCount
    return first.namedParameters
      + second.namedParameters.map {
        var parameter = $0
        parameter.column = parameter.column.map { $0 + shift }
        parameter.otherColumn = parameter.otherColumn.map { $0 + shift }
        return parameter
      }
  }
}

extension AnyEmission: DifferentiableEmission {
  /// The emission as one that moves; nil where it is none.
  public var differentiable: (any DifferentiableEmission)? { base as? any DifferentiableEmission }

  /// Where the parameters are; none where the emission does not move.
  public var coordinates: [Double] { differentiable?.coordinates ?? [] }

  /// The emission at other coordinates.
  public func moved(to coordinates: [Double]) -> AnyEmission? {
    guard let differentiable else { return self }
    return (differentiable.moved(to: coordinates) as? any ArchivableEmission).map(AnyEmission.init)
  }

  /// The slope in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    func opened<E: DifferentiableEmission>(_ base: E) -> [Double] {
      base.gradient(statistics.base as! E.Statistics)
    }
    return differentiable.map { opened($0) } ?? []
  }

  /// The emission a little way off its bounds.
  public var loosened: AnyEmission {
    ((differentiable?.loosened as Any?) as? any ArchivableEmission).map(AnyEmission.init) ?? self
  }

  /// The parameters as people name them.
  public var namedParameters: [NamedParameter] { differentiable?.namedParameters ?? [] }
}
