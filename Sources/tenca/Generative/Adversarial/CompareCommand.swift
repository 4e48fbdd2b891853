import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaPlot

/// `tenca compare`.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare what generative models make with each other and with real examples.",
    usage: "tenca compare [<options>] <model> ... <data> --features <features>",
    discussion: #"""
        tenca compare clothes.tenca clothes-gan.tenca fashion-mnist/ --split test \
          --features clothes-features.tenca --picture both.png

      With the CSV that --metrics of a training wrote, one a model in their order, it
      tells how long training took and how steady it was: how much the last half of
      the scores (or of the first loss, where there are none) swings about its mean.

        tenca compare v.tenca g.tenca glyphs/ --features f.tenca \
          --metrics v.csv --metrics g.csv
      """#)

  @Argument(help: "Models of one data set, and behind them the data.", completion: .file())
  var paths: [String]

  @Option(
    help: "A model of tenca train features, by which samples are measured.", completion: .file())
  var features: String

  @Option(help: "What --metrics of a training wrote; once for every model.", completion: .file())
  var metrics: [String] = []

  @Option(
    help: "Part of the data to compare with: train, validation, test or all.",
    transform: { try namedValue($0, ExampleSplit.self) })
  var split = ExampleSplit.test

  @Option(help: "Samples of each model; as many as the data have where left out.")
  var samples: Int?

  @Option(help: "Draw samples of all, real examples first, to this picture.", completion: .file())
  var picture: String?

  @Option(help: "Seed of samples and of what is compared.")
  var seed: UInt64 = 1

  @Flag(help: "Write the report as JSON.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if paths.count < 2 {
      throw ValidationError("give models and, behind them, data: tenca compare V G DATA.")
    }
    if !metrics.isEmpty && metrics.count != paths.count - 1 {
      throw ValidationError(
        "--metrics is given \(metrics.count) times for \(paths.count - 1) models: once for each.")
    }
    if let samples, samples < 8 { throw ValidationError("--samples \(samples): at least 8.") }
  }

  func run() throws {
    if let picture { try OutputPath.checkPicture(picture) }
    try work.run { execution in
      NetworkThreads.count = execution.threads
      let data = paths.last!
      let extractor = try ModelFile.readFeatureExtractor(features)
      let runs = try metrics.map { try RunSummary(path: $0) }
      var rows: [ModelComparison.Entry] = []
      var strips: [SampleStrips.Strip] = []
      for (index, path) in paths.dropLast().enumerated() {
        let model = try ModelFile.readSampling(path)
        let examples = try model.examples(at: data, split: split, limit: nil, execution)
        let measuring = SampleMeasuring(
          model: model, extractor: extractor, count: samples ?? examples.count, fromPrior: false,
          seed: seed)
        let (generated, seconds) = try timed { try measuring.samples(execution) }
        let report = try measuring.report(
          generated: generated, real: examples, training: nil, execution)
        rows.append(
          .init(
            model: path, samples: report,
            examplesPerSecond: Double(generated.count) / max(seconds, 1e-9),
            run: runs.isEmpty ? nil : runs[index]))
        if picture != nil {
          if strips.isEmpty { strips.append(try .real(examples, model)) }
          strips.append(try .made(model, path, report, seed: seed))
        }
      }
      if let picture { try SampleStrips(strips: strips).write(to: picture) }
      try Console.write(ModelComparison(data: data, models: rows), json: json)
    }
  }
}

/// How a training went, from the CSV of its measures.
struct RunSummary: Encodable {
  /// Seconds of all steps.
  let seconds: Double
  /// The measure that ``swing`` is of.
  let measure: String
  /// The deviation of the last half of the measures over their mean.
  let swing: Double

  /// - Throws: `FormatError`, and ``CommandError/badCells(place:reason:)`` where columns are missing.
  init(path: String) throws {
    let table = try CSVTable(path: path)
    guard table.columns.count > 3, table.columns.contains("seconds"), !table.rows.isEmpty else {
      throw CommandError.badCells(
        place: path, reason: "no column called seconds, which --metrics of a training writes")
    }
    measure = table.columns.contains("fid") ? "fid" : table.columns[2]
    seconds = try table.numbers("seconds").reduce(0, +)
    let measures = try table.numbers(measure)
    let last = measures.suffix((measures.count + 1) / 2)
    let mean = last.reduce(0, +) / Double(last.count)
    let variance = last.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(last.count)
    swing = variance.squareRoot() / max(abs(mean), 1e-300)
  }
}
