import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct VectorMathTests {
  // MARK: - Exponential and logarithm

  private static let special: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, 0x1p-1030, .leastNonzeroMagnitude, -745.13,
    -745.14, -746, 709.78,
    709.79, 1e300, -1e300, 88.72, 88.73, -87.4, -103.97, -103.98, 1e-40,
  ]

  private static func apply<Scalar: NumericScalar>(
    _ operation: (UnsafeBufferPointer<Scalar>, UnsafeMutableBufferPointer<Scalar>) -> Void,
    to values: [Scalar]
  ) -> [Scalar] {
    // In place, as aliasing is allowed.
    var result = values
    result.withUnsafeMutableBufferPointer { operation(UnsafeBufferPointer($0), $0) }
    return result
  }

  @Test func expIsWithinTwoUlpsOfTheTrueValue() {
    // Every 4099th float, in its own bits: all signs, exponents, infinities, NaN.
    let floats = stride(from: UInt32(0), to: .max - 4099, by: 4099).map(Float.init(bitPattern:))
    var worst = 0.0
    for (x, y) in zip(floats, Self.apply(VectorMath.exp(_:into:), to: floats)) {
      if x.isNaN { #expect(y.isNaN) } else { worst = max(worst, ulps(y, from: exp(Double(x)))) }
    }
    #expect(worst > 0.5 && worst < 2, "single precision: \(worst) ulp")
    var random = RandomStream(seed: 1)
    let doubles = (0..<200_000).map { _ in random.uniform(in: -750..<720) } + Self.special
    worst = 0
    for (x, y) in zip(doubles, Self.apply(VectorMath.exp(_:into:), to: doubles)) {
      if x.isNaN { #expect(y.isNaN) } else { worst = max(worst, ulps(y, from: exp(x))) }
    }
    #expect(worst > 0 && worst <= 2, "double precision: \(worst) ulp")
  }

  @Test func logIsWithinTwoUlpsOfTheTrueValue() {
    let floats = stride(from: UInt32(0), to: .max - 4099, by: 4099).map(Float.init(bitPattern:))
    var worst = 0.0
    for (x, y) in zip(floats, Self.apply(VectorMath.log(_:into:), to: floats)) {
      if x.isNaN || x < 0 {
        #expect(y.isNaN, "log(\(x))")
      } else {
        worst = max(worst, ulps(y, from: log(Double(x))))
      }
    }
    #expect(worst > 0.5 && worst < 2, "single precision: \(worst) ulp")
    var random = RandomStream(seed: 2)
    let bits = (0..<200_000).map { _ in Double(bitPattern: random.next() >> 1) }
    let near = (0..<100_000).map { _ in random.uniform(in: 0.5..<2) }
    worst = 0
    let doubles = bits + near + Self.special
    for (x, y) in zip(doubles, Self.apply(VectorMath.log(_:into:), to: doubles)) {
      if x.isNaN || x < 0 {
        #expect(y.isNaN, "log(\(x))")
      } else {
        worst = max(worst, ulps(y, from: log(x)))
      }
    }
    #expect(worst > 0 && worst <= 2, "double precision: \(worst) ulp")
  }

  @Test(arguments: 0..<70) func everyLengthIsDoneWhole(count: Int) {
    let values = NDArray<Float>((0..<count).map { Float($0) / 8 })
    let powers = VectorMath.exp(values)
    #expect(powers.shape == [count])
    for i in 0..<count { #expect(ulps(powers[i], from: exp(Double(values[i]))) < 2) }
    let back = VectorMath.log(powers)
    #expect(largestDifference(back, values) < 1e-6)
  }

  @Test func viewsGiveWhatTheirScalarsGive() {
    let matrix: NDArray<Double> = randomMatrix(5, 7, seed: 3)
    #expect(VectorMath.exp(matrix.transposed()) == VectorMath.exp(matrix).transposed())
  }

  // MARK: - Sums of exponentials

  private static func logSumExp<Scalar: NumericScalar>(_ values: [Scalar]) -> Scalar {
    values.withUnsafeBufferPointer { VectorMath.logSumExp($0) }
  }

  @Test func logSumExpOfExtremes() {
    #expect(Self.logSumExp([Float]()) == -.infinity)
    #expect(VectorMath.logSumExp(UnsafeBufferPointer<Double>(start: nil, count: 0)) == -.infinity)
    #expect(Self.logSumExp([-Float.infinity, -.infinity]) == -.infinity)
    #expect(Self.logSumExp([1, Double.infinity, -.infinity]) == .infinity)
    #expect(Self.logSumExp([1, Double.nan, .infinity]).isNaN)
    #expect(Self.logSumExp([Float.nan]).isNaN)
    #expect(abs(Self.logSumExp([1e4, 1e4]) - (1e4 + log(2.0))) < 1e-11)
    #expect(abs(Self.logSumExp([-1e4, -1e4]) - (-1e4 + log(2.0))) < 1e-11)
    #expect(Self.logSumExp([3.5, -Double.infinity]) == 3.5)
  }

  @Test(arguments: [0, 1, 2, 5, 7, 8, 9, 15, 16, 17, 33, 100])
  func rowsAgreeWithTheDefinition(width: Int) {
    // More rows than the kernels take at a time.
    let logits: NDArray<Double> = randomMatrix(150, width, seed: UInt64(width)) * 20
    var shares = logits
    let sums = VectorMath.softmaxRows(&shares)
    var single: NDArray<Float> = logits.converted()
    let singleSums = VectorMath.softmaxRows(&single)
    #expect(VectorMath.logSumExpRows(logits) == sums)
    #expect(shares.shape == logits.shape)
    for r in 0..<150 {
      let row = logits.row(r).elements
      let largest = row.max() ?? 0
      let sum = row.isEmpty ? -.infinity : largest + log(row.reduce(0) { $0 + exp($1 - largest) })
      #expect(sums[r] == sum || abs(sums[r] - sum) < 1e-13 * max(1, abs(sum)))
      #expect(singleSums[r] == Float(sum) || abs(Double(singleSums[r]) - sum) < 1e-5)
      #expect(Self.logSumExp(row) == sums[r])
      for c in 0..<width {
        #expect(abs(shares[r, c] - exp(row[c] - sum)) < 1e-14)
        #expect(abs(Double(single[r, c]) - exp(row[c] - sum)) < 1e-5)
      }
    }
  }

  @Test func sharesOfInfiniteRowsAreTheirLimits() {
    let infinity = Double.infinity
    var rows = NDArray<Double>(rows: [
      [-infinity, -infinity, -infinity, -infinity], [infinity, 0, infinity, -infinity],
      [0, -infinity, 0, -infinity], [0, .nan, 0, 0],
    ])
    let sums = VectorMath.softmaxRows(&rows)
    #expect(sums[0] == -infinity && sums[1] == infinity && sums[3].isNaN)
    #expect(abs(sums[2] - log(2)) < 1e-15)
    #expect(rows.row(0).elements == [0.25, 0.25, 0.25, 0.25])
    #expect(rows.row(1).elements == [0.5, 0, 0.5, 0])
    #expect(rows.row(2).elements == [0.5, 0, 0.5, 0])
  }
}
