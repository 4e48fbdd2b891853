internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

/// Turns sound files into descriptors.
struct DescriptorSource: FrameSource {
  let options: DescriptorOptions
  let opening: SoundOpening

  /// The descriptors of each channel of a sound that comes out.
  func features(of path: String) throws -> [FeatureMatrix] {
    try opening.waveforms(path).map { sound in
      try opening.cancellation.check()
      return try DescriptorExtractor(options, sampleRate: sound.sampleRate)
        .extract(sound, name: path)
    }
  }

  func channels(of path: String) throws -> [FeatureRows] {
    try features(of: path).map { features in
      FeatureRows(features) { DescriptorPicture($0, title: $1).chart }
    }
  }
}
