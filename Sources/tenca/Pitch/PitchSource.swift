internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

/// Turns sound files into their pitch.
struct PitchSource: RowSource {
  let method: PitchMethod
  let options: PitchOptions
  let opening: SoundOpening

  func channels(of path: String) throws -> [FeatureRows] {
    try opening.waveforms(path).map { sound in
      try opening.cancellation.check()
      let track = try PitchTracker(options, sampleRate: sound.sampleRate)
        .track(sound, by: method, name: path)
      return FeatureRows(FeatureMatrix(track)) { PitchPicture($0, of: sound, title: $1).chart }
    }
  }
}

extension FeatureMatrix {
  /// A pitch track as a table: f0, 0 where there is none, and the probability that there is one.
  init(_ track: PitchTrack) {
    let rows = track.frequencies.indices.flatMap { frame in
      [
        track.isVoiced[frame] ? Float(track.frequencies[frame]) : 0,
        Float(track.voicedProbabilities[frame]),
      ]
    }
    self.init(
      values: NDArray(rows, shape: [track.frameCount, 2]),
      columnNames: ["f0", "voiced probability"], hopSeconds: track.hopSeconds,
      firstFrameTime: track.firstFrameTime)
  }
}
