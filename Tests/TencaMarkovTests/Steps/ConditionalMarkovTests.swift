import TencaMixture
import TencaNumerics
import Testing

@testable import TencaMarkov

@Suite("Steps that are not all alike")
struct ConditionalMarkovTests {
  private let emission = try! GaussianEmission(
    meanVectors: NDArray(rows: [[-1], [1], [4]]),
    covariances: .diagonal(NDArray(rows: [[1], [0.5], [2]])), varianceFloor: 1e-12)

  private func rates() throws -> TransitionLaw {
    .rates(try TransitionRates(NDArray(rows: [[0, 0.3, 0], [0.2, 0, 0.4], [0.1, 0.5, 0]])))
  }

  private func logistic() throws -> TransitionLaw {
    var slopes = NDArray<Double>(zeros: [3, 3, 2])
    for (i, j, c, value) in [(0, 1, 0, 1.5), (1, 0, 1, -0.8), (2, 1, 0, 0.7), (1, 2, 0, -1)] {
      slopes[[i, j, c]] = value
    }
    return .logistic(
      try LogisticTransitions(
        intercepts: NDArray(rows: [[0, -2, -.infinity], [-1.5, 0, -2.5], [-3, -1, 0]]),
        slopes: slopes))
  }

  /// Gaps of a few sizes, and covariates of very different ones.
  private func conditions(_ law: TransitionLaw, rows: Int) -> StepConditions {
    var random = RandomStream(seed: 8)
    switch law {
    case .rates:
      return .gaps((0..<rows).map { _ in [0.1, 0.5, 1, 4][random.integer(below: 4)] })
    case .logistic:
      return .covariates(
        NDArray(
          (0..<rows).flatMap { row in
            [random.normal(), 2e-3 * random.normal() + 5e-3]
          }, shape: [rows, 2]))
    }
  }

  /// Rows drawn from a law, step by step.
  private func sample(
    _ model: ConditionalMarkovModel<GaussianEmission>, _ conditions: StepConditions
  ) throws -> NDArray<Double> {
    let chain = try model.model(over: conditions).chain
    var random = RandomStream(seed: 77)
    var state = random.categorical(weights: model.initial)
    var rows: [[Double]] = []
    for row in 0..<conditions.rowCount {
      rows.append(model.emission.sample(state, after: [], using: &random))
      state = random.categorical(
        weights: chain.transition.matrix(from: row).row(state).elements)
    }
    return NDArray(rows: rows)
  }

  @Test("Slopes are what differences of the likelihood say", arguments: [true, false])
  func gradients(_ inTime: Bool) throws {
    let law = try inTime ? rates() : logistic()
    let model = try ConditionalMarkovModel(
      initial: [0.5, 0.3, 0.2], law: law, emission: emission)
    let conditions = conditions(law, rows: 400)
    let rows = try sample(model, conditions)
    let ascent = try LikelihoodAscent(
      from: model, over: conditions, rows, lengths: [150, 250], options: HiddenMarkovOptions(),
      execution: .serial)
    let start = ascent.space.origin
    let exact = try #require(try ascent.evaluate(start))
    #expect(
      abs(
        exact.value
          - (try model.model(over: conditions).logLikelihood(of: rows, lengths: [150, 250]))) < 1e-9
    )
    for index in start.indices where start[index].isFinite {
      func value(_ step: Double) throws -> Double {
        var place = start
        place[index] += step
        return try #require(try ascent.evaluate(place)).value
      }
      let expected = try (value(1e-4) - value(-1e-4)) / 2e-4
      #expect(
        abs(exact.gradient[index] - expected) < 1e-5 * max(10, abs(expected)),
        "coordinate \(index): \(exact.gradient[index]), not \(expected)")
    }
    // Any number of threads gives the same bytes.
    let threads = try LikelihoodAscent(
      from: model, over: conditions, rows, lengths: [150, 250], options: HiddenMarkovOptions(),
      execution: Execution(threads: 3))
    #expect(try #require(try threads.evaluate(start)).gradient == exact.gradient)
  }

  @Test("Learning finds the law that rows came from", arguments: [true, false])
  func recovery(_ inTime: Bool) throws {
    let law = try inTime ? rates() : logistic()
    let truth = try ConditionalMarkovModel(
      initial: [0.5, 0.3, 0.2], law: law, emission: emission)
    let conditions = conditions(law, rows: 1600)
    let rows = try sample(truth, conditions)
    var chain = try MarkovChain(
      initial: [0.4, 0.3, 0.3], transition: [[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    chain = try MarkovChain(
      initial: chain.initial,
      transition: [[0.8, 0.2, 0], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]])
    var options = HiddenMarkovOptions(chain: chain, startsFromEmission: true)
    options.initial = .fixed
    let fit = try ConditionalMarkovModel.fit(emission, over: conditions, to: rows, options: options)
    let target = try truth.model(over: conditions).logLikelihood(of: rows)
    #expect(fit.logLikelihood > target, "\(fit.logLikelihood) of \(target)")
    #expect(fit.logLikelihood < target + 30)
    #expect(fit.warnings.isEmpty, "\(fit.warnings)")
    let estimates = try fit.model.estimates(over: conditions, on: rows, options: options)
    #expect(estimates.count == fit.criteria.parameterCount)
    for (found, exact) in zip(estimates, law.namedParameters) {
      #expect(found.name == exact.name && found.nextState == exact.nextState)
      let error = try #require(found.standardError)
      #expect(
        abs(found.value - exact.value) < 4 * error,
        "\(found.name) \(found.state!)-\(found.nextState!): \(found.value), not \(exact.value)")
    }
    // A step that is impossible directly stays so.
    switch fit.model.law {
    case .rates(let law): #expect(law.generator[0, 2] == 0)
    case .logistic(let law): #expect(law.intercepts[0, 2] == -.infinity)
    }
  }

  @Test("Evenly spaced rows give the ordinary model's likelihood") func even() throws {
    var random = RandomStream(seed: 4)
    let truth = try HiddenMarkovModel(
      chain: MarkovChain(initial: [0.5, 0.5], transition: [[0.9, 0.1], [0.2, 0.8]]),
      emission: ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 8)]]))
    let rows = truth.sample(500, using: &random).rows
    let ordinary = try HiddenMarkovModel.fit(
      truth.emission, to: rows, options: HiddenMarkovOptions(tolerance: 1e-11))
    let conditions = try StepConditions(times: (0..<500).map { 3 + 0.25 * Double($0) })
    let fit = try ConditionalMarkovModel.fit(truth.emission, over: conditions, to: rows)
    #expect(abs(fit.logLikelihood - ordinary.logLikelihood) < 1e-5)
    let step = try fit.model.law.matrices(over: conditions).matrix(from: 0)
    for (found, expected) in zip(
      step.elements, ordinary.model.chain.transition.matrix.elements)
    { #expect(abs(found - expected) < 1e-3) }
    guard case .rates(let rates) = fit.model.law else { return }
    #expect(abs(rates.expectedDurations[0] + 1 / rates.generator[0, 0]) < 1e-12)
    // A covariate that never changes tells nothing either.
    let constant = try ConditionalMarkovModel.fit(
      truth.emission, over: .covariates(NDArray(repeating: 3, shape: [500, 1])), to: rows)
    #expect(abs(constant.logLikelihood - ordinary.logLikelihood) < 1e-5)
  }

  @Test("Far rows lose nothing where steps are impossible") func outliers() throws {
    let law = TransitionLaw.rates(
      try TransitionRates(NDArray(rows: [[0, 0.3, 0], [0, 0, 0.4], [0, 0, 0]])))
    let model = try ConditionalMarkovModel(initial: [1, 0, 0], law: law, emission: emission)
    let rows = NDArray<Double>(rows: [[-1], [400], [-1], [1], [500], [4], [4]])
    let conditions = StepConditions.gaps([1, 0.5, 2, 1, 0.5, 1, 0])
    let ascent = try LikelihoodAscent(
      from: model, over: conditions, rows, lengths: nil, options: HiddenMarkovOptions(),
      execution: .serial)
    let start = ascent.space.origin
    let exact = try #require(try ascent.evaluate(start))
    for index in start.indices where start[index].isFinite {
      func value(_ step: Double) throws -> Double {
        var place = start
        place[index] += step
        return try #require(try ascent.evaluate(place)).value
      }
      let expected = try (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(
        abs(exact.gradient[index] - expected) < 1e-4 * max(10, abs(expected)), "\(index)")
    }
  }

  @Test("What does not fit is named") func refusals() throws {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return "nothing was thrown"
    }
    #expect(
      message { _ = try StepConditions(times: [0, 1, 0.5]) }.contains("0.5 in row 3, after 1.0"))
    #expect(message { _ = try StepConditions(times: [0, .nan]) }.contains("row 2"))
    // Another sequence may begin earlier.
    #expect(throws: Never.self) { try StepConditions(times: [0, 1, 0.5], lengths: [2, 1]) }
    let rows = NDArray<Double>(zeros: [3, 1])
    #expect(
      message {
        _ = try ConditionalMarkovModel.fit(
          emission, over: .covariates(NDArray([1, .nan, 2], shape: [3, 1])), to: rows)
      }.contains("row 2, covariate 1"))
    #expect(
      message {
        _ = try ConditionalMarkovModel.fit(emission, over: .gaps([1, 1]), to: rows)
      }.contains("2 rows"))
    #expect(
      message { _ = try TransitionRates(NDArray(rows: [[0, -1], [1, 0]])) }.contains("-1.0"))
    #expect(
      message { _ = try logistic().matrices(over: .gaps([1])) }.contains("covariates"))
  }
}
