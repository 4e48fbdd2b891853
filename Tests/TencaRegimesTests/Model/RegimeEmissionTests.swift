import TencaNumerics
import Testing

@testable import TencaMarkov
@testable import TencaRegimes

@Suite("Regime emissions")
struct RegimeEmissionTests {
  private static let layouts: [RegimeLayout] = [
    RegimeLayout(regimes: 2),
    RegimeLayout(regimes: 2, switchesIntercept: false, errors: .studentT),
    RegimeLayout(regimes: 3, regressors: 2, switchesSlopes: [true, false], errors: .mixture),
    RegimeLayout(regimes: 2, series: 2, regressors: 2, switchesVariance: false),
    RegimeLayout(regimes: 2, series: 2, errors: .studentT),
    RegimeLayout(regimes: 2, regressors: 1, memory: 1, switchesSlopes: [true]),
    RegimeLayout(regimes: 2, regressors: 3, memory: 2, switchesVariance: false),
  ]

  private func emission(_ layout: RegimeLayout) throws -> RegimeEmission {
    let (k, d, m) = (layout.regimes, layout.series, layout.regressors)
    return try RegimeEmission(
      layout,
      intercepts: NDArray(shape: [k, d]) { target in
        for index in target.indices {
          target[index] = layout.switchesIntercept ? Double(index / d) - 0.4 : 0.3
        }
      },
      slopes: NDArray(shape: [k, d, m]) { target in
        for index in target.indices {
          let (regime, term) = (index / m / d, index % m)
          target[index] =
            0.3 - 0.1 * Double(term) + (layout.switchesSlopes[term] ? 0.1 * Double(regime) : 0)
        }
      },
      covariances: NDArray(shape: [k, d, d]) { target in
        for index in target.indices {
          let (regime, row, column) = (index / d / d, index / d % d, index % d)
          let size = layout.switchesVariance ? 1 + 2 * Double(regime) : 1.5
          target[index] = size * (row == column ? 1 : 0.4)
        }
      },
      shape: layout.errors == .studentT ? [5] : layout.errors == .mixture ? [0.2, 6] : [])
  }

  private func rows(_ layout: RegimeLayout) -> NDArray<Double> {
    var rows = madeReturns(260, columns: layout.series + layout.regressors)
    for row in stride(from: 9, to: 260, by: 17) { rows[row, 0] = .nan }
    return rows
  }

  @Test("Slopes are what differences of the likelihood say", arguments: layouts.indices)
  func gradients(_ index: Int) throws {
    let layout = Self.layouts[index]
    let model = try RememberingMarkovModel(
      chain: MarkovChain(
        initial: [Double](repeating: 1 / Double(layout.regimes), count: layout.regimes),
        transition: (0..<layout.regimes).map { i in
          (0..<layout.regimes).map { $0 == i ? 0.9 : 0.1 / Double(layout.regimes - 1) }
        }), memory: layout.memory, emission: emission(layout))
    for initial in [HiddenMarkovOptions.Freedom.free, .stationary] {
      let ascent = try LikelihoodAscent(
        from: model, rows(layout), lengths: [100, 160],
        options: HiddenMarkovOptions(initial: initial),
        execution: .serial)
      let start = ascent.space.origin
      let slope = try #require(try ascent.evaluate(start)).gradient
      #expect(slope.count == start.count)
      for place in start.indices {
        func value(_ step: Double) throws -> Double {
          var moved = start
          moved[place] += step
          return try #require(try ascent.evaluate(moved)).value
        }
        let expected = try (value(1e-4) - value(-1e-4)) / 2e-4
        #expect(
          abs(slope[place] - expected) < 2e-5 * max(10, abs(expected)),
          "coordinate \(place): \(slope[place]), not \(expected)")
      }
    }
  }

  @Test("No step of expectation and maximisation lowers the likelihood", arguments: layouts.indices)
  func ascents(_ index: Int) throws {
    let layout = Self.layouts[index]
    let model = try RememberingMarkovModel(
      chain: MarkovChain(
        initial: [Double](repeating: 1 / Double(layout.regimes), count: layout.regimes),
        transition: (0..<layout.regimes).map { i in
          (0..<layout.regimes).map { $0 == i ? 0.8 : 0.2 / Double(layout.regimes - 1) }
        }), memory: layout.memory, emission: emission(layout))
    let history = try LikelihoodAscent(
      from: model, rows(layout), lengths: nil, options: HiddenMarkovOptions(), execution: .serial
    ).begun(25).history
    #expect(history.count == 26)
    for (earlier, later) in zip(history, history.dropFirst()) {
      #expect(later >= earlier - 1e-9 * abs(earlier), "\(earlier) then \(later)")
    }
    #expect(history.last! > history[0])
  }

  @Test("Densities integrate to one", arguments: ErrorKind.allCases)
  func densities(_ errors: ErrorKind) throws {
    let emission = try emission(RegimeLayout(regimes: 2, errors: errors))
    for state in 0..<2 {
      let density = RegimeDensity(emission, state: state)
      let step = 0.05
      let total = (-40_000...40_000).reduce(0.0) { sum, index in
        var cell = step * Double(index)
        return sum + step * exponential(density.logDensity(density.distance(&cell)))
      }
      #expect(abs(total - 1) < 1e-6)
    }
  }
}
