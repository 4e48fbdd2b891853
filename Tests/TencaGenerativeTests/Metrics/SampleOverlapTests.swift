import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Sample overlap")
struct SampleOverlapTests {
  // daa, dbb, dab = cdist(a, a), cdist(b, b), cdist(a, b)   # generated a, real b
  // ra, rb = np.sort(daa, 1)[:, 5], np.sort(dbb, 1)[:, 5]
  // (dab <= rb).any(1).mean(), (dab <= ra[:, None]).any(0).mean(),
  // (dab <= rb).sum(1).mean() / 5, (dab <= rb).any(0).mean()
  @Test("As scipy's distances have it")
  func scipy() throws {
    let ahead = try SampleOverlap(generated: generatedWaves, real: realWaves)
    #expect(
      [ahead.precision, ahead.recall, ahead.density, ahead.coverage] == [1, 0.8, 1.345, 0.84])
    let back = try SampleOverlap(generated: realWaves, real: generatedWaves)
    #expect([back.precision, back.recall, back.density, back.coverage] == [0.8, 1, 0.6, 0.875])
  }

  @Test("On a line, by hand")
  func byHand() throws {
    // Radii to the nearest other: real 1, 1, 8; generated 1, 1, 97.
    let real = NDArray<Double>([0, 1, 9], shape: [3, 1])
    let generated = NDArray<Double>([2, 3, 100], shape: [3, 1])
    let overlap = try SampleOverlap(generated: generated, real: real, neighbours: 1)
    // 2 lies in the balls around 1 and 9, 3 in that around 9, 100 in none.
    #expect(overlap.precision == 2.0 / 3)
    #expect(overlap.density == 1)
    #expect(overlap.coverage == 2.0 / 3)
    // 1 is in the ball around 2 and 9 in that around 100, which reaches down to 3; 0 is in none.
    #expect(overlap.recall == 2.0 / 3)
  }

  @Test("Against the slow way, over several blocks, and the same on any number of threads")
  func slow() throws {
    let real = normals([300, 2], mean: 50, seed: 1)
    let generated = normals([170, 2], mean: 50.8, deviation: 0.8, seed: 2)
    let overlap = try SampleOverlap(generated: generated, real: real, neighbours: 3)
    let slow = SlowOverlap(generated: generated, real: real, neighbours: 3)
    #expect(overlap.precision == slow.precision && overlap.recall == slow.recall)
    #expect(overlap.density == slow.density && overlap.coverage == slow.coverage)
    #expect(overlap.precision < 1 && overlap.recall < 1 && overlap.coverage < 1)
    for threads in [2, 3] {
      #expect(
        try SampleOverlap(
          generated: generated, real: real, neighbours: 3, execution: Execution(threads: threads))
          == overlap)
    }
  }

  @Test("A set with itself overlaps wholly; sets apart not at all; one mode only lacks recall")
  func extremes() throws {
    let set = normals([60, 3], seed: 3)
    let same = try SampleOverlap(generated: set, real: set)
    #expect(same.precision == 1 && same.recall == 1 && same.coverage == 1)
    // Each sample is in its own ball and, on the mean, in five of others.
    #expect(abs(same.density - 1.2) < 1e-12)
    let apart = try SampleOverlap(generated: set + 100, real: set)
    #expect(
      apart.precision == 0 && apart.recall == 0 && apart.density == 0 && apart.coverage == 0)
    let collapsed = normals([60, 3], deviation: 0.01, seed: 4)
    let narrow = try SampleOverlap(generated: collapsed, real: set)
    #expect(narrow.precision == 1 && narrow.recall == 0 && narrow.coverage < 0.5)
  }

  @Test("Equal samples are exactly 0 apart, far from the origin too")
  func equalSamples() throws {
    let set = normals([150, 5], mean: 1e6, seed: 5)
    let distances = RowDistances(from: set, to: set)
    #expect(try distances.nearestDistances(execution: .serial).allSatisfy { $0 == 0 })
    let nearest = try distances.nearest(2, skipsItself: true, execution: .serial)
    for (row, found) in nearest.enumerated() {
      let slow = squares(set, row, set).enumerated().filter { $0.offset != row }.map(\.element)
      let expected = slow.sorted()
      #expect(abs(found[0] - expected[0]) <= 1e-9 * expected[0])
      #expect(abs(found[1] - expected[1]) <= 1e-9 * expected[1])
    }
  }

  @Test("Too few samples for the neighbours are refused")
  func refused() {
    #expect(throws: GenerativeError.tooFewSamples(set: "real samples", count: 5, least: 6)) {
      try SampleOverlap(generated: normals([9, 2], seed: 6), real: normals([5, 2], seed: 7))
    }
    #expect(throws: GenerativeError.self) {
      try SampleOverlap(generated: generatedWaves, real: realWaves, neighbours: 0)
    }
  }
}

/// ‖x − y‖² of one row to all rows, number by number.
func squares(_ from: NDArray<Double>, _ row: Int, _ to: NDArray<Double>) -> [Double] {
  let own = from.row(row).elements
  return (0..<to.rows).map { other in
    zip(own, to.row(other).elements).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}

/// The four measures by their definitions.
private struct SlowOverlap {
  let precision, recall, density, coverage: Double

  init(generated: NDArray<Double>, real: NDArray<Double>, neighbours: Int) {
    func radii(_ set: NDArray<Double>) -> [Double] {
      // The sample itself is the first.
      (0..<set.rows).map { squares(set, $0, set).sorted()[neighbours] }
    }
    let (realRadii, generatedRadii) = (radii(real), radii(generated))
    let table = (0..<generated.rows).map { squares(generated, $0, real) }
    let balls = table.map { row in zip(row, realRadii).count { $0 <= $1 } }
    precision = Double(balls.count { $0 > 0 }) / Double(generated.rows)
    density = Double(balls.reduce(0, +)) / Double(neighbours * generated.rows)
    let reached = (0..<real.rows).count { column in
      table.indices.contains { table[$0][column] <= generatedRadii[$0] }
    }
    recall = Double(reached) / Double(real.rows)
    let covered = (0..<real.rows).count { column in
      table.contains { $0[column] <= realRadii[column] }
    }
    coverage = Double(covered) / Double(real.rows)
  }
}
