import TencaAudio
import Testing

@Suite struct MelScaleTests {
  // librosa.hz_to_mel(HERTZ) and (HERTZ, htk=True), librosa 0.11.
  @Test func valuesAreThoseOfLibrosa() {
    let slaney: [(Double, Double)] = [
      (0, 0), (300, 4.5), (999, 14.985), (1000, 15), (4000, 35.16376031),
    ]
    let htk: [(Double, Double)] = [
      (0, 0), (300, 401.97058616), (1000, 999.98553714), (4000, 2146.06452751),
    ]
    for (hertz, mel) in slaney { #expect(abs(MelScale.slaney.mel(hertz) - mel) < 1e-7) }
    for (hertz, mel) in htk { #expect(abs(MelScale.logarithmic2595.mel(hertz) - mel) < 1e-7) }
  }

  @Test(arguments: MelScale.allCases) func thereAndBackAgain(_ scale: MelScale) {
    for hertz in stride(from: 0.0, through: 24000, by: 37.5) {
      #expect(abs(scale.hertz(scale.mel(hertz)) - hertz) < 1e-8 * max(hertz, 1))
      #expect(scale.mel(hertz + 1) > scale.mel(hertz))
    }
  }

  @Test func bothLogarithmsAreOneScale() {
    for hertz in [100.0, 1000, 7000] {
      let ratio = MelScale.logarithmic2595.mel(hertz) / MelScale.logarithmic1127.mel(hertz)
      #expect(abs(ratio - 1) < 1e-4)
    }
  }
}
