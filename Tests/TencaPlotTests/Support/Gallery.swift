import TencaNumerics
import TencaPlot
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// One example of every chart, in easy and in hard cases. The data are made by formulas.
enum Gallery {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let chart: any Chart
    var testDescription: String { name }
  }

  static let examples: [Example] =
    [
      Example(name: "spectrogram-mel", chart: melSpectrogram),
      Example(name: "spectrogram-linear", chart: linearSpectrogram(.linear("Frequency (Hz)"))),
      Example(
        name: "spectrogram-log",
        chart: linearSpectrogram(.logarithmic("Frequency (Hz)", range: 50...8000))),
      Example(name: "spectrogram-gaps", chart: gaps),
      Example(name: "transitions", chart: transitions),
      Example(name: "differences", chart: differences),
      Example(name: "learning-curves", chart: learningCurves),
      Example(name: "many-lines", chart: manyLines),
      Example(name: "wide-range", chart: wideRange),
      Example(name: "posteriors", chart: posteriors),
      Example(name: "log-likelihoods", chart: logLikelihoods),
      Example(name: "scatter", chart: scatter),
      Example(name: "timeline", chart: timeline),
      Example(name: "recording", chart: recording),
    ] + [2, 5, 10, 25, 60].map { Example(name: "confusion-\($0)", chart: confusion($0)) }

  /// Pseudo-random numbers in 0..<1 that are the same everywhere.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [Double] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / 9_007_199_254_740_992
    }
  }

  /// A chirp with harmonics over noise, in decibels: frames × bins.
  static func levels(frames: Int, bins: Int) -> NDArray<Float> {
    let random = noise(frames * bins)
    var result = NDArray<Float>(zeros: [frames, bins])
    for t in 0..<frames {
      let time = Double(t) / Double(frames)
      let envelope = exp(-8 * (time * 3).truncatingRemainder(dividingBy: 1))
      for b in 0..<bins {
        let frequency = Double(b) / Double(bins)
        var level = -72 + 10 * random[t * bins + b] - 14 * frequency
        for harmonic in 1...5 {
          let pitch = Double(harmonic) * (0.08 + 0.05 * sin(5 * time))
          let distance = (frequency - pitch) * 60
          let peak = 62 * exp(-distance * distance) - 9 * Double(harmonic)
          level = max(level, -70 + peak * (0.4 + 0.6 * envelope))
        }
        result[t, b] = Float(level)
      }
    }
    return result
  }

  static let melCenters: [Double] = (0..<80).map {
    700 * (pow(10, (2840.0 * Double($0 + 1) / 81) / 2595) - 1)
  }

  static var melSpectrogram: Heatmap {
    Heatmap(
      levels(frames: 300, bins: 80), title: "dog.wav, mel spectrogram",
      xAxis: .linear("Time (s)"), yAxis: .centers("Frequency (Hz)", melCenters),
      xExtent: 0...3, valueLabel: "Level (dB)")
  }

  static func linearSpectrogram(_ axis: Axis) -> Heatmap {
    Heatmap(
      levels(frames: 1400, bins: 257), title: "A spectrogram with more frames than pixels",
      xAxis: .linear("Time (s)"), yAxis: axis, xExtent: 0...40, yExtent: 0...8000,
      valueRange: -80...0, valueLabel: "Level (dB)")
  }

  static var gaps: Heatmap {
    var values = levels(frames: 40, bins: 20)
    for t in 10..<14 { for b in 0..<20 { values[t, b] = .nan } }
    values[20, 10] = .infinity
    values[22, 10] = -.infinity
    return Heatmap(
      values, title: "Gaps are grey", xAxis: .linear("Frame"), yAxis: .linear("Bin"),
      valueLabel: "Level (dB)", scaling: .smooth)
  }

  static let states = ["silence", "speech", "music", "laughter"]

  static var transitions: Heatmap {
    var chart = Heatmap(
      NDArray<Double>(rows: [
        [0.9, 0.05, 0.03, 0.02], [0.1, 0.8, 0.05, 0.05], [0.02, 0.03, 0.95, 0],
        [0.3, 0.5, 0.1, 0.1],
      ]), orientation: .rowsDownward, title: "Transition matrix",
      xAxis: .categories("To", states), yAxis: .categories("From", states), colorMap: .tide,
      valueRange: 0...1, valueLabel: "Probability")
    chart.aspectRatio = 1
    return chart
  }

  static var differences: Heatmap {
    let values = NDArray<Double>(noise(144), shape: [12, 12]).map { $0 - 0.5 }
    return Heatmap(
      values, title: "Differences of two models", xAxis: .linear("Column"),
      yAxis: .linear("Row"), colorMap: .balance, valueRange: -0.5...0.5, valueLabel: "Difference")
  }

  static var learningCurves: LineChart {
    let steps = (1...40).map(Double.init)
    let random = noise(80)
    let training = steps.indices.map { 0.05 + 2 * exp(-steps[$0] / 8) + 0.03 * random[$0] }
    let held = steps.indices.map { 0.25 + 1.9 * exp(-steps[$0] / 7) + 0.08 * random[40 + $0] }
    var validation = Series("validation", x: steps, y: held, marker: .circle)
    validation.dash = [5, 3]
    return LineChart(
      [Series("training", x: steps, y: training), validation],
      bands: [
        .init(
          "validation, 90 %", x: steps, lower: held.map { $0 - 0.12 },
          upper: held.map { $0 + 0.12 }, color: Palette.color(1))
      ],
      title: "Loss", xAxis: .linear("Epoch"), yAxis: .linear("Cross-entropy (nats)"))
  }

  static var manyLines: LineChart {
    let x = (0..<60).map { Double($0) / 10 }
    return LineChart(
      (0..<30).map { index in
        Series("component \(index + 1)", x: x, y: x.map { sin($0 + Double(index) / 5) })
      }, title: "More names than fit", xAxis: .linear("Time (s)"), yAxis: .linear("Value"))
  }

  static var wideRange: LineChart {
    let x = (0..<50).map { pow(10, Double($0) / 10 - 2) }
    return LineChart(
      [Series("one", x: x, y: x.map { 1e7 * $0 * $0 })], title: "Twelve decades",
      xAxis: .logarithmic("Noise level"), yAxis: .logarithmic("Value"))
  }

  static var posteriors: BarChart {
    BarChart(
      [0.713, 0.121, 0.084, 0.052, 0.0213, 0.0061, .nan],
      names: [
        "dog", "rooster", "crying baby", "sea waves", "chainsaw", "a class with a very long name",
        "not scored",
      ], title: "dog.wav", xAxis: .linear("Posterior probability", range: 0...1),
      highlighted: [0])
  }

  static var logLikelihoods: BarChart {
    BarChart(
      [-45210.5, -44120.25, 1200], names: ["three", "four", "five"],
      title: "Log-likelihood by number of states", xAxis: .linear("Log-likelihood (nats)"))
  }

  static var scatter: ScatterChart {
    func cloud(_ center: (Double, Double), seed: UInt64) -> ScatterChart.Group {
      let random = noise(800, seed: seed)
      // Box and Muller's transform.
      func normal(_ i: Int) -> Double {
        sqrt(-2 * log(1 - random[i])) * cos(2 * .pi * random[i + 1])
      }
      let points = (0..<200).map { (normal(4 * $0), normal(4 * $0 + 2)) }
      return .init(
        "component \(seed)", x: points.map { center.0 + $0.0 },
        y: points.map { center.1 + 0.5 * $0.0 + 0.6 * $0.1 })
    }
    let centers = [(0.0, 0.0), (4, 1), (1, 4)]
    return ScatterChart(
      centers.enumerated().map { cloud($0.element, seed: UInt64($0.offset + 1)) },
      ellipses: centers.enumerated().map { index, center in
        try! Ellipse(
          mean: (center.0, center.1), covariance: (1, 0.5, 0.61),
          color: Palette.color(index))
      }, title: "A mixture of three Gaussians", xAxis: .linear("First coefficient"),
      yAxis: .linear("Second coefficient"))
  }

  static var timeline: Timeline {
    func track(_ name: String, shift: Int) -> Timeline.Track {
      let ends = [0, 2.2, 3, 6.4, 6.6, 9, 12]
      return .init(
        name,
        (0..<6).map {
          .init(start: ends[$0], end: ends[$0 + 1], label: states[($0 + shift) % 4])
        })
    }
    return Timeline(
      [track("reference", shift: 0), track("Viterbi path", shift: 0), track("windows", shift: 1)],
      title: "Hidden states")
  }

  static var recording: StackedChart {
    let rate = 8000.0
    let random = noise(96000)
    let wave = NDArray<Float>(
      (0..<96000).map { i in
        let time = Double(i) / rate
        let envelope = 0.1 + 0.8 * exp(-4 * (time / 3).truncatingRemainder(dividingBy: 1))
        return Float((random[i] - 0.5) * envelope)
      })
    let x = (0..<25).map { Double($0) / 2 }
    let waveform = LineChart(
      [Series(evenly: wave, step: 1 / rate)], title: "scene.wav", yAxis: .linear("Amplitude"))
    let spectrogram = Heatmap(
      levels(frames: 600, bins: 80), yAxis: .centers("Frequency (Hz)", melCenters),
      xExtent: 0...12, valueLabel: "dB")
    let posteriors = LineChart(
      states.enumerated().map { index, name in
        Series(name, x: x, y: x.map { 0.5 + 0.5 * sin($0 + 2 * Double(index)) })
      }, yAxis: .linear("Posterior", range: 0...1))
    return StackedChart(
      [
        waveform, spectrogram, posteriors,
        Timeline([.init("Viterbi", timeline.tracks[1].segments)]),
      ],
      heights: [0.8, 1.5, 0.8, 0.35])
  }

  static func confusion(_ order: Int) -> ConfusionMatrixPlot {
    let random = noise(order * order)
    var counts = NDArray<Double>(zeros: [order, order])
    for i in 0..<order {
      for j in 0..<order {
        let value = random[i * order + j]
        counts[i, j] =
          i == j ? 20 + (40 * value).rounded() : value > 0.8 ? (value * 8).rounded() : 0
      }
    }
    if order == 10 {
      for j in 0..<order { counts[3, j] = 0 }
      counts[0, 0] = 12345
    }
    let names = [
      "dog", "rooster", "rain", "sea waves", "crackling fire", "crying baby", "sneezing",
      "clock tick", "helicopter", "chainsaw",
    ]
    return ConfusionMatrixPlot(
      counts, classes: (0..<order).map { names[$0 % 10] + ($0 < 10 ? "" : " \($0 / 10 + 1)") },
      title: "Environmental sounds, accuracy 81.4 %")
  }
}
