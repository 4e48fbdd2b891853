internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics

/// Turns sound files into the features of a front end.
struct FeatureSource: FrameSource {
  let options: FrontEndOptions
  let opening: SoundOpening

  /// The features of each channel of a sound that comes out: one, unless channels are kept apart.
  ///
  /// One channel is read as it is taken, in constant memory where the front end streams; several are
  /// read first, as they come side by side.
  func channels(of path: String) throws -> [FeatureRows] {
    let sound = try opening.stream(path)
    let extractor = try FeatureExtractor(options, sampleRate: sound.sampleRate)
    let layout = extractor.describe(NDArray(zeros: [0, extractor.columnCount]))
    if sound.channelCount == 1 {
      return [
        rows(layout) { [cancellation = opening.cancellation] receive in
          try extractor.extract(sound) { _, rows in
            try cancellation.check()
            try receive(rows)
          }
        }
      ]
    }
    var parts = [[NDArray<Float>]](repeating: [], count: sound.channelCount)
    try extractor.extract(sound) { channel, rows in
      try opening.cancellation.check()
      parts[channel].append(rows)
    }
    return parts.map { blocks in rows(layout) { receive in try blocks.forEach(receive) } }
  }

  private func rows(
    _ layout: FeatureMatrix,
    _ forEach: @escaping (_ receive: (NDArray<Float>) throws -> Void) throws -> Void
  ) -> FeatureRows {
    FeatureRows(
      layout: layout,
      // Without the silent frames there is no telling when a frame was heard.
      timeName: options.voiceActivity == nil ? "time" : "voiced time",
      kind: HTKParameterKind(options),
      chart: { [options] in FeaturePicture($0, options: options, title: $1).chart },
      forEach: forEach)
  }
}
