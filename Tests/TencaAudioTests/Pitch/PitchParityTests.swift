import TencaNumerics
import Testing

@testable import TencaAudio

/// Pitch against librosa 0.11's in double precision.
@Suite struct PitchParityTests {
  private func track(_ golden: GoldenCase, by method: PitchMethod) throws -> PitchTrack {
    let sound = try Goldens.signal(try #require(golden.signal))
    let options = golden.reading { PitchOptions(librosa: &$0) }
    return try PitchTracker(options, sampleRate: sound.sampleRate).track(sound, by: method)
  }

  @Test(arguments: Goldens.cases.filter { $0.feature == .yin })
  func yinIsThatOfLibrosa(_ golden: GoldenCase) throws {
    let track = try track(golden, by: .yin)
    let expected = try golden.expected
    #expect(track.frameCount == expected.rows)
    for (frame, frequency) in track.frequencies.enumerated() {
      #expect(abs(frequency / expected[frame, 0] - 1) < 1e-4, "frame \(frame)")
    }
  }

  @Test(arguments: Goldens.cases.filter { $0.feature == .pyin })
  func probabilisticYinIsThatOfLibrosa(_ golden: GoldenCase) throws {
    let track = try track(golden, by: .probabilisticYin)
    let expected = try golden.expected
    #expect(track.frameCount == expected.rows)
    for frame in 0..<expected.rows {
      #expect(abs(track.frequencies[frame] / expected[frame, 0] - 1) < 1e-9, "frame \(frame)")
      #expect(track.isVoiced[frame] == (expected[frame, 1] == 1), "frame \(frame)")
      let probability = track.voicedProbabilities[frame]
      #expect(abs(probability - expected[frame, 2]) < 1e-5, "frame \(frame)")
    }
  }
}
