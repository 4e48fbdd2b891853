internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

/// A pitch track drawn over the spectrogram of its sound.
struct PitchPicture {
  private let track: FeatureMatrix
  private let sound: Waveform
  private let title: String

  init(_ track: FeatureMatrix, of sound: Waveform, title: String) {
    self.track = track
    self.sound = sound
    self.title = title
  }

  /// The chart: the line alone where the sound is too short for a spectrogram.
  var chart: any Chart {
    let times = (0..<track.frameCount).map { track.firstFrameTime + Double($0) * track.hopSeconds }
    // Stretches without pitch are gaps.
    let pitch = track.values.column(0).elements.map { $0 > 0 ? Double($0) : .nan }
    let highest = pitch.filter(\.isFinite).max() ?? 0
    var line = Series("f0", x: times, y: pitch, color: .white)
    line.width = 2.5
    guard let field = spectrogram(upTo: max(1000, 4 * highest)) else {
      return LineChart([line], title: title, xAxis: .linear("Time (s)"), yAxis: .linear("f0 (Hz)"))
    }
    return LineOverHeatmap(field: field, line: LineChart([line]), title: title)
  }

  private func spectrogram(upTo limit: Double) -> Heatmap? {
    var options = FrontEndOptions(.librosa, kind: .spectrogram)
    options.frames.windowLength = .milliseconds(46)
    options.frames.hopLength = .milliseconds(10)
    options.frames.fftLength = .nextPowerOfTwo
    options.compression = .decibels(.init())
    guard let extractor = try? FeatureExtractor(options, sampleRate: sound.sampleRate),
      let whole = try? extractor.extract(sound), let frequencies = whole.frequencies
    else { return nil }
    let shown = max(2, frequencies.count { $0 <= limit })
    var pooling = TimePooling(columns: shown)
    pooling.append(whole.values.columns(0..<shown).contiguous())
    let features = pooling.pooled(whole)
    let start = features.firstFrameTime - features.hopSeconds / 2
    let length = Double(features.frameCount) * features.hopSeconds
    let half = frequencies[1] / 2
    return Heatmap(
      features.values, xAxis: .linear("Time (s)"), yAxis: .linear("Frequency (Hz)"),
      xExtent: start...start + length, yExtent: -half...(frequencies[shown - 1] + half),
      valueLabel: "Level (dB)")
  }
}

/// A line over a field of colours.
struct LineOverHeatmap: Panel {
  let field: Heatmap
  let line: LineChart
  var title: String?
  var xAxis: Axis
  var yAxis: Axis

  init(field: Heatmap, line: LineChart, title: String) {
    (self.field, self.line, self.title) = (field, line, title)
    (xAxis, yAxis) = (field.xAxis, field.yAxis)
  }

  func dataBounds() throws -> DataBounds { try field.dataBounds() }

  func aside() throws -> (any Aside)? { try field.aside() }

  func drawContent(on canvas: Canvas, in area: PlotArea) throws {
    try field.drawContent(on: canvas, in: area)
    line.drawContent(on: canvas, in: area)
  }
}
