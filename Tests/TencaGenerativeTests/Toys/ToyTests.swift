import TencaGenerative
import TencaNumerics
import Testing

@Suite("points of a known distribution")
struct ToyTests {
  @Test("its own points cover all modes and are good", arguments: ToyDistribution.allCases)
  func perfect(_ distribution: ToyDistribution) throws {
    var random = RandomStream(seed: 1)
    let examples = try distribution.examples(2500, &random)
    let points = (0..<2500).flatMap { examples.example($0).map(Double.init) }
    let coverage = ModeCoverage(of: points, in: distribution)
    #expect(coverage.covered == distribution.modeCount && coverage.modes == distribution.modeCount)
    // exp(-9/2) of a normal distribution of the plane lies beyond three deviations.
    #expect(coverage.goodShare > 0.975)
    #expect(Set(distribution.centres.map(\.mode)).count == distribution.modeCount)
    #expect(examples.classCounts.allSatisfy { $0 > 2500 / distribution.modeCount / 2 })
  }

  @Test("noise covers little and is bad, and one mode counts as one")
  func bad() {
    var random = RandomStream(seed: 1)
    let noise = (0..<5000).map { _ in 3 * random.normal() }
    let coverage = ModeCoverage(of: noise, in: .ring)
    #expect(coverage.covered == 0 && coverage.goodShare < 0.05)
    let collapsed = ModeCoverage(of: (0..<5000).map { $0 % 2 == 0 ? 2 : 0 }, in: .ring)
    #expect(collapsed == ModeCoverage(of: (0..<5000).map { $0 % 2 == 0 ? 2.01 : 0 }, in: .ring))
    #expect(collapsed.covered == 1 && collapsed.goodShare == 1)
  }

  @Test("divided by its spread, a distribution's coordinates have deviation 1")
  func spread() throws {
    for distribution in ToyDistribution.allCases {
      var random = RandomStream(seed: 2)
      let points = try distribution.examples(4000, unit: distribution.spread, &random)
      let numbers = (0..<4000).flatMap { points.example($0).map(Double.init) }
      let square = numbers.map { $0 * $0 }.reduce(0, +) / Double(numbers.count)
      #expect(abs(square - 1) < 0.05, "\(distribution): \(square)")
    }
    #expect(abs(ToyDistribution.ring.spread - 2.0.squareRoot()) < 1e-12)
  }

  @Test("the points of a packed game and of its field are those of the distribution")
  func units() throws {
    var options = ToyExperiment.options(.grid, .nonSaturating)
    options.remedies.packSize = 2
    // Without a move that counts, points are as wide as the networks begin: about a spread.
    options.generatorRate = 1e-12
    let outcome = try ToyExperiment(.grid, options, steps: 1, seed: 1).run()
    let square = outcome.points.map { $0 * $0 }.reduce(0, +) / Double(outcome.points.count)
    #expect(square > 1 && square < 100, "\(square)")
    #expect(outcome.scores(ofPoints: [0, 0, 4, 4]).count == 2)
  }

  @Test("the same seed gives the same points, whatever ran before")
  func repeatable() throws {
    func run(_ seed: UInt64) throws -> [Double] {
      try ToyExperiment(.ring, ToyExperiment.options(.ring, .hinge), steps: 5, seed: seed).run()
        .points
    }
    let first = try run(3)
    #expect(try run(3) == first)
    #expect(try run(4) != first)
    #expect(first.count == 2 * ToyExperiment.scoredCount)
  }
}

@Suite("a discriminator that learns while the generator stands still")
struct GradientExperimentTests {
  @Test("minimax leaves the generator without a gradient, the others do not")
  func vanishing() throws {
    let courses = try GradientExperiment(.ring, steps: 300, batchSize: 64).run()
    func fall(_ loss: AdversarialLoss) throws -> Double {
      let course = try #require(courses.first { $0.loss == loss })
      #expect(course.accuracy.last! > 0.95)
      return course.gradient.last! / course.gradient.first!
    }
    #expect(try fall(.minimax) < 0.1)
    #expect(try fall(.nonSaturating) > 1)
    #expect(try fall(.wassersteinPenalty) > 1)
  }
}
