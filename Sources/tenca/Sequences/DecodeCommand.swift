import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaPlot

/// `tenca decode`: the hidden state of every row.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Say which hidden state is behind every row of a sequence.",
    usage: "tenca decode [<options>] <model> <data>",
    discussion: #"""
        tenca decode quakes.tenca quakes.csv --time year
        tenca decode quakes.tenca quakes.csv --method filtered -o states.csv
        tenca decode quakes.tenca quakes.csv -o states.png
        tenca decode --model weather.json days.csv
        tenca decode birds.tenca dawn.wav -o dawn.TextGrid

      Methods: viterbi, the most probable path as a whole, smoothed, p(state | all
      rows), and k-best:3 look ahead. filtered is what can be known at the time: take
      it for anything to trade or to raise alarm on. fixed-lag:5 waits five rows.

      A model is a file of tenca train hmm, parameters written down in JSON, or those
      of hmmlearn in .npz (startprob, transmat, means, covars).
      """#)

  @Argument(help: "The model, unless --model names it, and the data.", completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("model"), help: "The model: .tenca, .json or .npz.", completion: .file())
  var namedModel: String?

  @Option(
    help: ArgumentHelp(
      "How to tell states: \(DecodingMethod.allValueStrings.joined(separator: ", ")).",
      valueName: "method"))
  var method = DecodingMethod.viterbi

  @OptionGroup var sequences: SequenceArguments

  @Option(help: "Seconds from row to row, for labels and pictures of tables without times.")
  var step = 1.0

  @Option(
    name: .shortAndLong,
    help: """
      Where to write: .csv, .json, .TextGrid (Praat), .txt (Audacity labels), .png, .svg or .pdf; - is a \
      table on standard output.
      """)
  var output = "-"

  @Flag(help: "Write JSON to standard output instead of a table.")
  var json = false

  @OptionGroup var work: WorkOptions

  private enum Format { case table, json, textGrid, audacity, picture }

  private var format: Format {
    switch URL(fileURLWithPath: output).pathExtension.lowercased() {
    case "textgrid": .textGrid
    case "txt": .audacity
    case "json": .json
    case "png", "svg", "pdf": .picture
    default: json ? .json : .table
    }
  }

  func validate() throws {
    if paths.count != (namedModel == nil ? 2 : 1) {
      throw ValidationError(
        namedModel == nil ? "give a model and data." : "--model names the model: give data alone.")
    }
    if !(step > 0 && step.isFinite) { throw ValidationError("--step \(step): above 0.") }
  }

  func run() throws {
    if output != "-" { try OutputPath.check(output) }
    let failures = try work.run { execution in
      let model = try ModelFile.readSequenceModel(namedModel ?? paths[0])
      let (table, failures) = try sequences.table(
        paths[paths.count - 1], for: model, execution: execution)
      let decoding = try Decoding(model, table, method: method, execution: execution)
      try write(decoding)
      if method.looksAhead {
        work.logger.info("\(method.name) looks ahead: a row's state depends on rows after it.")
      }
      return (failures, table.sequences.count + failures.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private func write(_ decoding: Decoding) throws {
    switch format {
    case .table: try decoding.writeTable(to: output)
    case .json: try writeText(try JSONText.encode(DecodingReport(decoding)) + "\n")
    case .textGrid:
      try writeText(
        IntervalText.textGrid(
          decoding.intervals(of: try single(decoding), step: step), tier: "states")
      )
    case .audacity:
      try writeText(
        IntervalText.audacity(decoding.intervals(of: try single(decoding), step: step)))
    case .picture:
      try StatePicture.chart(decoding, sequence: try single(decoding), step: step)
        .write(to: output)
    }
  }

  /// The only sequence, for formats that hold one.
  private func single(_ decoding: Decoding) throws -> Int {
    guard decoding.table.sequences.count == 1 else {
      throw ValidationError(
        "-o \(output): holds one sequence, and there are \(decoding.table.sequences.count). Write .csv "
          + "or .json, or decode one at a time.")
    }
    return 0
  }

  private func writeText(_ text: String) throws {
    if output == "-" {
      try Console.write(Array(text.utf8))
    } else {
      try ReplacingFile.write(Array(text.utf8), to: output)
    }
  }
}
