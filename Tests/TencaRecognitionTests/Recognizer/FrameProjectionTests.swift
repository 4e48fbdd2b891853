import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite struct FrameProjectionTests {
  /// Two classes of correlated columns, apart along the first.
  private func classes() throws -> (frames: NDArray<Float>, classes: [Int]) {
    var random = RandomStream(seed: 7)
    var (rows, classes) = ([[Float]](), [Int]())
    for index in 0..<4000 {
      let (a, b, c) = (random.normal(), random.normal(), random.normal())
      let shift = index % 2 == 0 ? 0.0 : 1.0
      rows.append([Float(2 * a + shift), Float(1.5 * a + b), Float(3 * c)])
      classes.append(index % 2)
    }
    return (NDArray(rows: rows), classes)
  }

  @Test func findsFishersDirection() throws {
    let (frames, classes) = try classes()
    var statistics = DiscriminantStatistics(classes: 2, columns: 3)
    statistics.add(frames.rows(0..<1500), classes: Array(classes[0..<1500]))
    var rest = DiscriminantStatistics(classes: 2, columns: 3)
    rest.add(frames.rows(1500..<4000), classes: Array(classes[1500...]))
    statistics.merge(rest)
    let directions = try statistics.directions(2)
    // W = [[4, 3, 0], [3, 3.25, 0], [0, 0, 9]] and the means differ by (1, 0, 0): W⁻¹ of that is
    // proportional to (3.25, -3, 0).
    let best = directions.row(0).elements
    #expect(abs(best[1] / best[0] + 3 / 3.25) < 0.05)
    #expect(abs(best[2] / best[0]) < 0.05)
    // Within the classes every output has the deviation 1.
    let projected = matrixProduct(frames, directions.converted(to: Float.self).transposed())
    for column in 0..<2 {
      for number in 0..<2 {
        let values = classes.indices.filter { classes[$0] == number }.map {
          Double(projected[$0, column])
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(variance - 1) < 0.1)
      }
    }
  }

  @Test func turnsCovariancesToDiagonals() throws {
    // One Gaussian of correlated columns that a diagonal covariance suits badly.
    var random = RandomStream(seed: 3)
    let rows = (0..<3000).map { _ -> [Float] in
      let (a, b) = (random.normal(), random.normal())
      return [Float(a), Float(0.8 * a + 0.6 * b)]
    }
    let scale = FrameStandardization(means: [0, 0], deviations: [1, 1])
    let powers = try scale.powers(of: NDArray(rows: rows))
    let bank = GaussianBank(flat: 1, columns: 2)
    var statistics = SemiTiedStatistics(columns: 2)
    statistics.add(powers, theta: bank.naturalParameters, bank: bank, at: 0..<1)
    let rotation = try statistics.rotation(rounds: 50)
    let turned = matrixProduct(
      NDArray(rows: rows), rotation.converted(to: Float.self).transposed())
    var products = [0.0, 0.0, 0.0]
    for row in 0..<turned.rows {
      let (x, y) = (Double(turned[row, 0]), Double(turned[row, 1]))
      products[0] += x * x / 3000
      products[1] += y * y / 3000
      products[2] += x * y / 3000
    }
    // With variances of 1 fixed the best transform whitens.
    #expect(abs(products[0] - 1) < 0.02 && abs(products[1] - 1) < 0.02)
    #expect(abs(products[2]) < 0.02)
  }

  @Test(arguments: [1, 2, 3, 7])
  func mapsAStreamAsItMapsTheWhole(_ step: Int) throws {
    var random = RandomStream(seed: 5)
    let frames = NDArray<Float>(shape: [23, 4]) { target in
      for index in target.indices { target[index] = Float(random.normal()) }
    }
    let matrix = NDArray<Float>(shape: [2, 15]) { target in
      for index in target.indices { target[index] = Float(random.normal()) }
    }
    let projection = try FrameProjection(context: 2, matrix: matrix)
    #expect(projection.inputs == 3 && projection.outputs == 2)
    let whole = projection.applied(to: frames)
    // By the formula, the edges standing for what lies beyond.
    for frame in [0, 1, 11, 22] {
      var expected: Float = 0
      for offset in -2...2 {
        for column in 0..<3 {
          expected +=
            matrix[1, (offset + 2) * 3 + column] * frames[min(max(frame + offset, 0), 22), column]
        }
      }
      #expect(abs(whole[frame, 1] - expected) < 1e-4)
    }
    var stream = ProjectionStream(projection)
    var parts: [NDArray<Float>] = []
    for first in stride(from: 0, to: 23, by: step) {
      parts.append(stream.append(frames.rows(first..<min(first + step, 23))))
    }
    parts.append(stream.append(NDArray(zeros: [0, 4]), isLast: true))
    let together = NDArray.concatenated(parts.filter { !$0.isEmpty })
    #expect(together.shape == whole.shape)
    #expect(zip(together.elements, whole.elements).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func refusesMapsThatAreNone() {
    #expect(throws: RecognitionError.self) {
      try FrameProjection(context: 1, matrix: NDArray(zeros: [2, 4]))
    }
    #expect(throws: RecognitionError.self) {
      try FrameProjection(context: 0, matrix: NDArray([.nan], shape: [1, 1]))
    }
  }
}
