internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// Words and phones below the spectrogram of what was said.
enum AlignmentPicture {
  /// - Parameter sound: The recording; of a feature matrix only the words and phones are drawn.
  static func chart(
    _ report: AlignmentReport, sound: String, _ recognizer: Recognizer
  ) throws -> any Chart {
    let tracks = [("words", report.words), ("phones", report.phones)].map { name, parts in
      Timeline.Track(
        name, parts.map { Timeline.Segment(start: $0.start, end: $0.end, label: $0.text) })
    }
    let timeline = Timeline(tracks)
    guard let rate = recognizer.sampleRate else { return timeline }
    var options = FrontEndOptions(.kaldi, kind: .mel)
    options.mel.count = 64
    let loader = try FeatureLoader(
      options, sampleRate: rate, channel: recognizer.options.channel, strictRate: false)
    let features = try loader.load(sound).features
    let described = loader.extractor.describe(features)
    let spectrogram = Heatmap(
      features, title: report.file, xAxis: .linear("Time (s)"), yAxis: .linear("Mel filter"),
      xExtent: 0...Double(features.rows) * described.hopSeconds, valueLabel: "Log energy")
    return StackedChart([spectrogram, timeline], heights: [2, 1])
  }
}
