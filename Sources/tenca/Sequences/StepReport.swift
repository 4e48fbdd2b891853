internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// How steps that are not all alike follow columns of a table.
struct StepReport: Encodable {
  /// `continuous-time` or `covariates`.
  let kind: String
  /// The column of times, or the covariates.
  let columns: [String]
  /// The time from row to row in the data that the model was learned from, the median.
  let usualGap: Double?
  /// The mean of each covariate there.
  let means: [Double]?
  /// How often each state turns into each other in a unit of time; rows sum to zero.
  let generator: [[Double]]?
  /// How long each state is expected to last, in units of time; null where nothing leads out of it.
  let expectedDurations: [Double?]?
  /// ln(aᵢⱼ/aᵢᵢ) where all covariates are 0; null for a step that never happens.
  let intercepts: [[Double?]]?
  /// What a unit of each covariate adds to it, states × states × covariates.
  let slopes: [[[Double]]]?

  init(_ steps: TableSteps) {
    columns = steps.columns
    switch steps.law {
    case .rates(let law):
      kind = "continuous-time"
      usualGap = steps.usual[0]
      generator = (0..<law.stateCount).map { law.generator.row($0).elements }
      expectedDurations = law.expectedDurations.map { $0.isFinite ? $0 : nil }
      (means, intercepts, slopes) = (nil, nil, nil)
    case .logistic(let law):
      kind = "covariates"
      means = steps.usual
      intercepts = (0..<law.stateCount).map { state in
        law.intercepts.row(state).elements.map { $0.isFinite ? $0 : nil }
      }
      slopes = (0..<law.stateCount).map { i in
        (0..<law.stateCount).map { law.slopes.row(i).row($0).elements }
      }
      (usualGap, generator, expectedDurations) = (nil, nil, nil)
    }
  }

  /// What the steps are like, above the table of states.
  var line: String {
    let list = columns.joined(separator: ", ")
    guard let means else {
      return """
        steps           in continuous time by '\(list)', in whose units states last; a usual gap is \
        \(usualGap!.formatted(decimals: 4))
        """
    }
    let values = means.map { $0.formatted(decimals: 4) }.joined(separator: ", ")
    return
      "steps           follow '\(list)', whose \(means.count > 1 ? "means are" : "mean is") \(values)"
  }

  /// Words for the matrix of usual steps.
  var usual: String {
    usualGap.map { "steps over \($0.formatted(decimals: 4))" }
      ?? "steps at the \(columns.count > 1 ? "means" : "mean") of the covariates"
  }

  /// The generator; or the coefficients, a line a step.
  func table(_ states: [String]) -> String {
    if let generator {
      var table = TextTable(
        [("rates", .left)] + states.map { (heading: $0, alignment: .right) })
      for (state, row) in zip(states, generator) {
        table.add([state] + row.map { $0.formatted(decimals: 4) })
      }
      return table.text
    }
    var table = TextTable(
      [("step", .left), ("intercept", .right)]
        + columns.map { (heading: "slope(\($0))", alignment: .right) })
    for (i, from) in states.enumerated() {
      for (j, to) in states.enumerated() where i != j {
        guard let intercept = intercepts?[i][j], let slopes = slopes?[i][j] else {
          table.add(["\(from) to \(to)", "never"] + columns.map { _ in "" })
          continue
        }
        table.add(
          ["\(from) to \(to)"] + ([intercept] + slopes).map { $0.formatted(decimals: 4) })
      }
    }
    return table.text
  }
}
