internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

/// Turns sound files into their pitch.
struct PitchSource: FrameSource {
  let method: PitchMethod
  let options: PitchOptions
  let opening: SoundOpening

  func channels(of path: String) throws -> [FeatureRows] {
    try opening.waveforms(path).map { sound in
      try opening.cancellation.check()
      let track = try PitchTracker(options, sampleRate: sound.sampleRate)
        .track(sound, by: method, name: path)
      return FeatureRows(track.features) { PitchPicture($0, of: sound, title: $1).chart }
    }
  }
}
