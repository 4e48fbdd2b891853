import TencaAudio
import Testing

@Suite("Trimming")
struct TrimmingTests {
  @Test("Silence goes at both ends and stays within")
  func ends() {
    // Sound, a pause and sound again, between silences of 0.1 s and 0.2 s.
    let loud = [Float](repeating: 0.5, count: 400)
    func silence(_ count: Int) -> [Float] { [Float](repeating: 0.001, count: count) }
    let inner = loud + silence(400) + loud
    let sound = Waveform(samples: silence(800) + inner + silence(1600), sampleRate: 8000)
    let trimmed = sound.trimmed(below: 40)
    // To within a moment of 10 ms at either end.
    #expect(abs(trimmed.samples.count - inner.count) <= 160)
    #expect(trimmed.samples.filter { $0 == 0.5 }.count == 800)
    #expect(sound.trimmed(below: 80) == sound)
  }

  @Test("Nothing, silence and less than a moment stay as they are")
  func degenerate() {
    for samples in [[], [0, 0, 0], [Float](repeating: 0, count: 900), [0.1]] as [[Float]] {
      let sound = Waveform(samples: samples, sampleRate: 8000)
      #expect(sound.trimmed(below: 40) == sound)
    }
  }
}
