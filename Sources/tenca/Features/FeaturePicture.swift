internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

#if canImport(Glibc)
  internal import Glibc
#endif

/// Features as a picture: time to the right in seconds, frequency upwards in hertz or coefficients
/// by number, and a bar of colours.
enum FeaturePicture {
  /// The chart of a sound's features.
  static func chart(
    _ features: FeatureMatrix, options: FrontEndOptions, title: String
  ) -> any Chart {
    let end =
      features.firstFrameTime
      + (Double(features.frameCount) - 0.5) * features.hopSeconds
    let start = features.firstFrameTime - features.hopSeconds / 2
    let time = Axis.linear("Time (s)")
    if options.kind == .energy && features.values.columns == 1 {
      let times = (0..<features.frameCount).map {
        features.firstFrameTime + Double($0) * features.hopSeconds
      }
      return LineChart(
        [Series("log energy", x: times, y: features.values.elements.map(Double.init))],
        title: title, xAxis: time, yAxis: .linear("Log energy"))
    }
    var values = features.values
    var label = valueLabel(options)
    // Energies span so many powers of ten that only their logarithm shows anything.
    if options.compression == .none && options.kind != .mfcc {
      values = values.map { 10 * log10(max($0, 1e-10)) }
      label = "Level (dB)"
    }
    // The zeroth coefficient dwarfs the others: the colours' range is that of all but it.
    let range = options.kind == .mfcc ? shownRange(values) : nil
    return Heatmap(
      values, title: title, xAxis: time, yAxis: frequencyAxis(features, options),
      xExtent: start...max(end, start + features.hopSeconds),
      yExtent: frequencyExtent(features, options), valueRange: range, valueLabel: label)
  }

  private static func frequencyAxis(_ features: FeatureMatrix, _ options: FrontEndOptions) -> Axis {
    guard let frequencies = features.frequencies else { return .linear("Coefficient") }
    return options.kind == .mel
      ? .centers("Frequency (Hz)", frequencies) : .linear("Frequency (Hz)")
  }

  private static func frequencyExtent(
    _ features: FeatureMatrix, _ options: FrontEndOptions
  ) -> ClosedRange<Double>? {
    guard options.kind == .spectrogram, let frequencies = features.frequencies,
      let last = frequencies.last, frequencies.count > 1
    else { return nil }
    let half = frequencies[1] / 2
    return -half...(last + half)
  }

  private static func valueLabel(_ options: FrontEndOptions) -> String {
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
    guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
    let low = sorted[sorted.count / 100]
    let high = sorted[sorted.count - 1 - sorted.count / 100]
    return low < high ? Double(low)...Double(high) : nil
  }
}
