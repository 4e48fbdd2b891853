import TencaNumerics
import Testing

@testable import TencaAudio

@Suite struct PhaseRecoveryTests {
  private static let sound = zip(
    Sounds.tone(440, 3000, rate: 8000), Sounds.noise(3000, level: 0.05)
  )
  .map { $0 + $1 }

  @Test(arguments: [(64, 16), (64, 32), (65, 13)], [FrameEdges.centerZero, .mirror])
  func classicStepsNeverLeadAway(_ sizes: (fft: Int, hop: Int), edges: FrameEdges) throws {
    let transform = try ShortTimeFourierTransform(
      fftLength: sizes.fft, hopLength: sizes.hop, edges: edges)
    let wanted = transform.magnitudes(of: Self.sound)
    let result = try PhaseRecovery(transform, .init(iterations: 20, momentum: 0)).sound(
      of: wanted, length: Self.sound.count)
    for (before, after) in zip(result.inconsistencies, result.inconsistencies.dropFirst()) {
      #expect(after <= before + 1e-6)
    }
    #expect(result.inconsistencies[20] < 0.7 * result.inconsistencies[0])
  }

  @Test func momentumComesNearer() throws {
    let transform = try ShortTimeFourierTransform(fftLength: 64, hopLength: 16)
    let wanted = transform.magnitudes(of: Self.sound)
    let classic = try PhaseRecovery(transform, .init(momentum: 0)).sound(of: wanted)
    let fast = try PhaseRecovery(transform).sound(of: wanted)
    #expect(fast.inconsistencies.last! < classic.inconsistencies.last!)
  }

  @Test func threadsDoNotMatterAndSeedsDo() throws {
    let transform = try ShortTimeFourierTransform(fftLength: 8192, hopLength: 100)
    let wanted = transform.magnitudes(of: Self.sound + Self.sound)
    let recovery = try PhaseRecovery(transform, .init(iterations: 2))
    let one = try recovery.sound(of: wanted, length: 6000)
    #expect(try recovery.sound(of: wanted, length: 6000, execution: Execution(threads: 3)) == one)
    let other = try PhaseRecovery(transform, .init(iterations: 2, seed: 2))
    #expect(try other.sound(of: wanted, length: 6000) != one)
  }

  @Test func badMagnitudesAreNamed() throws {
    let transform = try ShortTimeFourierTransform(fftLength: 8, hopLength: 4)
    let recovery = try PhaseRecovery(transform)
    var cells = NDArray<Float>(repeating: 1, shape: [3, 5])
    cells[2, 1] = .nan
    #expect { try recovery.sound(of: cells) } throws: { "\($0)".contains("row 2, column 1") }
    cells[2, 1] = -1
    #expect { try recovery.sound(of: cells) } throws: { "\($0)".contains("negative") }
    #expect(throws: AudioError.silence(place: "spectrogram")) {
      try recovery.sound(of: NDArray(zeros: [3, 5]))
    }
    #expect { try recovery.sound(of: NDArray(zeros: [5, 3])) } throws: {
      "\($0)".contains("Transpose")
    }
    #expect(throws: AudioError.self) { try PhaseRecovery(transform, .init(momentum: 1.5)) }
  }
}
