internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

#if canImport(Glibc)
  internal import Glibc
#endif

/// Features as a picture: time to the right in seconds, frequency upwards in hertz or coefficients
/// by number, and a bar of colours.
struct FeaturePicture {
  private let features: FeatureMatrix
  private let options: FrontEndOptions
  private let title: String

  init(_ features: FeatureMatrix, options: FrontEndOptions, title: String) {
    self.features = features
    self.options = options
    self.title = title
  }

  /// The chart: a line for a single column, else a heatmap.
  var chart: any Chart {
    features.values.columns == 1 ? line : heatmap
  }

  private var timeAxis: Axis {
    // Without the silent frames there is no telling when a frame was heard.
    .linear(options.voiceActivity == nil ? "Time (s)" : "Voiced time (s)")
  }

  private var line: LineChart {
    let times = (0..<features.frameCount).map {
      features.firstFrameTime + Double($0) * features.hopSeconds
    }
    let name = features.columnNames[0]
    return LineChart(
      [Series(name, x: times, y: features.values.elements.map(Double.init))],
      title: title, xAxis: timeAxis, yAxis: .linear(options.kind == .energy ? "Log energy" : name))
  }

  private var heatmap: Heatmap {
    var values = features.values
    // Energies span so many powers of ten that only their logarithm shows anything.
    let showsDecibels = options.compression == .none && options.kind != .mfcc
    if showsDecibels { values = values.map { 10 * log10(max($0, 1e-10)) } }
    let start = features.firstFrameTime - features.hopSeconds / 2
    let length = Double(features.frameCount) * features.hopSeconds
    return Heatmap(
      values, title: title, xAxis: timeAxis, yAxis: frequencyAxis,
      xExtent: start...start + length, yExtent: frequencyExtent,
      // The zeroth coefficient dwarfs the others: the colours' range is that of nearly all values.
      valueRange: options.kind == .mfcc ? Self.shownRange(values) : nil,
      valueLabel: showsDecibels ? "Level (dB)" : valueLabel)
  }

  private var frequencyAxis: Axis {
    guard let frequencies = features.frequencies else { return .linear("Coefficient") }
    return options.kind == .mel
      ? .centers("Frequency (Hz)", frequencies) : .linear("Frequency (Hz)")
  }

  private var frequencyExtent: ClosedRange<Double>? {
    guard options.kind == .spectrogram, let frequencies = features.frequencies,
      let last = frequencies.last, frequencies.count > 1
    else { return nil }
    let half = frequencies[1] / 2
    return -half...(last + half)
  }

  private var valueLabel: String {
    if options.kind == .mfcc { return "Value" }
    if case .decibels = options.compression { return "Level (dB)" }
    return "Log energy"
  }

  /// From the 1st to the 99th percentile, so that a few extreme coefficients do not pale the rest.
  private static func shownRange(_ values: NDArray<Float>) -> ClosedRange<Double>? {
    let step = max(1, values.count / 100_000)
    let sorted = values.withUnsafeBuffer { buffer in
      stride(from: 0, to: buffer.count, by: step).map { buffer[$0] }.sorted()
    }
    guard !sorted.isEmpty else { return nil }
    let low = sorted[sorted.count / 100]
    let high = sorted[sorted.count - 1 - sorted.count / 100]
    return low < high ? Double(low)...Double(high) : nil
  }
}
