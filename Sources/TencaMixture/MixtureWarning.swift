/// What a fit had to do that its caller may want to know.
public enum MixtureWarning: Sendable, Equatable, CustomStringConvertible {
  /// The data have only `used` distinct rows to start components or clusters from.
  case fewerDistinctRows(requested: Int, used: Int)
  /// These columns hold one value each; see ``GaussianMixtureOptions/varianceFloor``.
  case constantColumns([Int])
  /// So many further directions in which the data do not spread: some columns follow from others.
  case dependentColumns(directions: Int)
  /// Starving components were put where half of the heaviest was, after this iteration.
  case componentsRescued(count: Int, iteration: Int)
  /// Components that explained fewer rows than ``GaussianMixtureOptions/minimumOccupancy`` were
  /// removed after this iteration.
  case componentsRemoved(count: Int, iteration: Int)
  /// This many variances, along columns or along the axes of components, were held at the floor at
  /// the end.
  case variancesFloored(count: Int)
  /// The mean log-likelihood of a row fell by this much, more than rounding explains.
  case likelihoodFell(by: Double, iteration: Int)
  /// The iterations ran out before the tolerance was met.
  case notConverged(iterations: Int)

  /// What happened, and what helps where something does.
  public var description: String {
    switch self {
    case .fewerDistinctRows(let requested, let used):
      "\(requested) components asked for, but the data have only \(used) distinct rows to start "
        + "them from: \(used) made"
    case .constantColumns(let columns):
      "columns \(columns) hold a single value and tell no components apart"
    case .dependentColumns(let directions):
      "\(directions) columns follow from the others and tell no components apart: drop them"
    case .componentsRescued(let count, let iteration):
      "iteration \(iteration): \(count) components explained too few rows and took half of the "
        + "heaviest"
    case .componentsRemoved(let count, let iteration):
      "iteration \(iteration): \(count) components explained too few rows and were removed"
    case .variancesFloored(let count):
      "\(count) variances were held at the floor: use fewer components or more data"
    case .likelihoodFell(let amount, let iteration):
      "iteration \(iteration): the log-likelihood of a row fell by \(amount)"
    case .notConverged(let iterations):
      "no convergence within \(iterations) iterations: allow more, or a larger tolerance"
    }
  }
}
