import TencaNumerics

@testable import TencaRegimes

/// A series that is calm and stormy by turns: returns of σ 1 and 3, in stretches of forty rows or so.
func madeReturns(_ count: Int, seed: UInt64 = 5, scale: Double = 1, columns: Int = 1) -> NDArray<
  Double
> {
  var random = RandomStream(seed: seed)
  var isStormy = false
  return NDArray(
    rows: (0..<count).map { _ in
      if random.uniform() < (isStormy ? 0.06 : 0.02) { isStormy.toggle() }
      let shared = random.normal()
      return (0..<columns).map { _ in
        let own = 0.8 * random.normal() + 0.6 * shared
        return scale * ((isStormy ? -0.3 : 0.2) + (isStormy ? 3 : 1) * own)
      }
    })
}

/// The series as one without dates, with a covariate that is known beforehand.
func madeSeries(_ values: NDArray<Double>, name: String = "made") throws -> DatedSeries {
  try DatedSeries(
    name: name, dates: nil, columns: (0..<values.columns).map { "y\($0)" }, values: values,
    exogenousColumns: ["x"],
    exogenous: NDArray(
      (0..<values.rows).map { Double(($0 * 7919) % 100) / 50 - 1 }, shape: [values.rows, 1]))
}

/// Kinds of models that a test goes through, by name.
let kinds: [(name: String, specification: RegimeSpecification)] = [
  ("mean and variance", RegimeSpecification()),
  ("variance", RegimeSpecification(switching: [.variance])),
  (
    "mean form",
    RegimeSpecification(switching: [.mean, .variance], autoregression: .mean(order: 1))
  ),
  (
    "intercept form, all switching",
    RegimeSpecification(
      switching: [.mean, .variance, .lags, .exog], autoregression: .intercept(order: 2),
      exogenous: ["x"])
  ),
  ("student-t", RegimeSpecification(errors: .studentT)),
  ("mixture", RegimeSpecification(errors: .mixture)),
  ("steps that follow a column", RegimeSpecification(transitionCovariates: ["x"])),
]

/// A fit that takes no time.
let quick = RegimeFitOptions(restarts: 3, standardErrors: nil)
