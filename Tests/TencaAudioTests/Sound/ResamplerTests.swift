import TencaAudio
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Rates whose ratio is simple, awkward, large and small.
private let rates: [(Int, Int)] = [
  (44100, 16000), (16000, 44100), (8000, 16000), (16000, 8000), (48000, 16000), (22050, 8000),
  (11025, 16000), (16000, 16001),
]

@Suite struct ResamplerTests {
  @Test(arguments: rates) func toneKeepsPitchLevelAndTime(from: Int, to: Int) throws {
    let tone = Waveform(samples: Sounds.tone(440, from, rate: from), sampleRate: from)
    let resampled = try tone.resampled(to: to)
    #expect(resampled.sampleRate == to)
    #expect(abs(resampled.samples.count - to) <= 1)
    // Away from the ends, where the filter sees silence, it is the same sine sample by sample: the
    // same pitch and level, and sample 0 at time 0. 1e-5 is the 20 bits of the quality asked for.
    let expected = Sounds.tone(440, to, rate: to)
    for index in (to / 20)..<(to - to / 20) {
      #expect(abs(resampled.samples[index] - expected[index]) < 1e-5)
    }
  }

  @Test(arguments: rates) func blocksAreThoseOfTheWhole(from: Int, to: Int) throws {
    let sound = Waveform(samples: Sounds.noise(30000), sampleRate: from)
    let whole = try sound.resampled(to: to).samples
    var random = RandomStream(seed: UInt64(from + to))
    for greatest in [3, 500, 20000] {
      let resampler = try Resampler(from: from, to: to)
      var joined: [Float] = []
      var rest = sound.samples[...]
      while !rest.isEmpty {
        let count = Int(random.next() % UInt64(greatest)) + 1
        joined += try resampler.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      joined += try resampler.finish()
      #expect(joined == whole)
    }
  }

  @Test func sameRateIsTheSameSound() throws {
    let sound = Waveform(samples: Sounds.noise(100), sampleRate: 16000)
    #expect(try sound.resampled(to: 16000) == sound)
  }

  @Test func shortSounds() throws {
    for count in 0...5 {
      let sound = Waveform(samples: Sounds.noise(count), sampleRate: 8000)
      #expect(try sound.resampled(to: 16000).samples.count == 2 * count)
      #expect(try sound.resampled(to: 16000).samples.allSatisfy(\.isFinite))
    }
  }

  @Test(arguments: [0, -1, 1 << 40]) func refusesRatesThatAreNone(rate: Int) throws {
    let sound = Waveform(samples: [0, 1], sampleRate: 8000)
    let error = try #require(throws: AudioError.self) { try sound.resampled(to: rate) }
    #expect(error.description.contains("option rate: \(rate) is not possible"))
  }
}
