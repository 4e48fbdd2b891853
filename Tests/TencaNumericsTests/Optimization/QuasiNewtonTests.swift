import TencaNumerics
import Testing

@Suite("Quasi-Newton")
struct QuasiNewtonTests {
  @Test("Rosenbrock's valley is followed to its end")
  func rosenbrock() throws {
    let outcome = try QuasiNewton(tolerance: 1e-14).maximize(from: [-1.2, 1]) { x in
      let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
      return (-(100 * a * a + b * b), [400 * a * x[0] + 2 * b, -200 * a])
    }
    #expect(outcome.converged)
    for x in outcome.point.coordinates { #expect(abs(x - 1) < 1e-5) }
    #expect(zip(outcome.history, outcome.history.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("A quadratic of very different scales is solved in a few steps")
  func quadratic() throws {
    let scales = [1e-3, 1, 1e3, 1e5]
    let top = [1.0, -2, 3, 0.5]
    let outcome = try QuasiNewton(tolerance: 1e-16).maximize(from: [0, 0, 0, 0]) { x in
      let offsets = zip(x, top).map { $0 - $1 }
      return (
        -zip(offsets, scales).reduce(0.0) { $0 + $1.1 * $1.0 * $1.0 },
        zip(offsets, scales).map { -2 * $0 * $1 }
      )
    }
    #expect(outcome.converged)
    #expect(outcome.history.count < 60)
    for (x, expected) in zip(outcome.point.coordinates, top) { #expect(abs(x - expected) < 1e-5) }
  }

  @Test("Outside the domain nothing is found, and the search comes back")
  func domain() throws {
    // ln x - x has its top at 1; a first step from 0.01 would leave x > 0.
    let outcome = try QuasiNewton().maximize(from: [0.01]) { x in
      x[0] > 0 ? (logarithm(x[0]) - x[0], [1 / x[0] - 1]) : nil
    }
    #expect(outcome.converged)
    #expect(abs(outcome.point.coordinates[0] - 1) < 1e-4)
    let nowhere = try QuasiNewton().maximize(from: [-1]) { _ in nil }
    #expect(!nowhere.converged && nowhere.history.isEmpty)
  }

  @Test("Steps run out")
  func iterations() throws {
    let outcome = try QuasiNewton(iterations: 2).maximize(from: [3, -4]) { x in
      (-x[0] * x[0] * x[0] * x[0] - x[1] * x[1], [-4 * x[0] * x[0] * x[0], -2 * x[1]])
    }
    #expect(!outcome.converged)
    #expect(outcome.history.count == 3)
  }
}
