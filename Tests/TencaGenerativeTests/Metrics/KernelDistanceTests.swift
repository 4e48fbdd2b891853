import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Kernel distance")
struct KernelDistanceTests {
  // mu, sd = b.mean(0), b.std(0, ddof=1); x, y = (a - mu) / sd, (b - mu) / sd
  // k = lambda u, v: (u @ v.T / u.shape[1] + 1) ** 3
  // m, n = len(x), len(y); kx, ky, kxy = k(x, x), k(y, y), k(x, y)
  // (kx.sum() - np.trace(kx)) / m / (m - 1) + (ky.sum() - np.trace(ky)) / n / (n - 1) - 2 * kxy.mean()
  @Test("As numpy has it")
  func numpy() throws {
    #expect(abs(try kernelDistance(generatedWaves, realWaves) - 0.4279424254566391) < 1e-11)
  }

  @Test("Two samples each, by hand: units of the real ones, pairs of different samples only")
  func byHand() throws {
    let real = NDArray<Double>([-1, 1], shape: [2, 1])  // standard deviation √2
    let generated = NDArray<Double>([2, 4], shape: [2, 1])
    // Products are halves: within real (1 − ½)³, within generated (1 + 4)³, between
    // (1 − 1)³, (1 + 1)³, (1 − 2)³ and (1 + 2)³ over four.
    let expected = 0.125 + 125 - 2 * (0.0 + 8 - 1 + 27) / 4
    #expect(abs(try kernelDistance(generated, real) - expected) < 1e-10)
  }

  @Test("Unbiased: about 0 on the mean for samples of one distribution, whatever their number")
  func unbiased() throws {
    for count in [10, 40] {
      let values = try (0..<60).map { trial in
        try kernelDistance(
          normals([count, 2], seed: UInt64(trial)), normals([count, 2], seed: UInt64(1000 + trial)))
      }
      let mean = values.reduce(0, +) / 60
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
      #expect(abs(mean) < 3.5 * (variance / 60).squareRoot(), "\(count) samples: \(mean)")
      #expect(values.contains { $0 < 0 })
    }
  }

  @Test("A dead unit of the real samples is no trouble; threads change nothing")
  func dead() throws {
    let dead = NDArray<Double>(repeating: 7, shape: [300, 1])
    let real = NDArray.concatenated([normals([300, 3], seed: 1), dead], axis: 1)
    let generated = NDArray.concatenated([normals([300, 3], mean: 1, seed: 2), dead], axis: 1)
    let serial = try kernelDistance(generated, real)
    #expect(serial.isFinite && serial > 0.1)
    #expect(try kernelDistance(generated, real, execution: Execution(threads: 3)) == serial)
    var moved = generated
    for i in 0..<300 { moved[i, 3] += Double(i % 5) }
    #expect(try kernelDistance(moved, real) > serial)
  }
}
