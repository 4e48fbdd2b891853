import ArgumentParser
internal import Logging
internal import TencaRecognition

/// Which of the recordings of a data set are meant, and what is known of them.
struct RecordingArguments: ParsableArguments {
  @Option(help: "Use the rows whose column 'split' has this value.")
  var split: String?

  @Option(help: "How file names carry labels, such as '{label}_{speaker}_{take}'.")
  var labelsFrom: String?

  @Flag(help: "Refuse recordings of another rate instead of resampling them.")
  var strictRate = false

  /// Reads the data set at `path`.
  func dataset(at path: String) throws -> Dataset {
    let dataset = try Dataset(path: path, pattern: try labelsFrom.map(FileNamePattern.init))
    guard let split else { return dataset }
    return try dataset.filtered(column: "split", value: split)
  }

  /// Says what was resampled, so that it is never silent.
  static func report(resampled: [Int: Int], to rate: Int, _ logger: Logger) {
    for (from, count) in resampled.sorted(by: { $0.key < $1.key }) {
      logger.info(
        "\(counted(count, "recording", "recordings")) resampled from \(from) to \(rate) Hz")
    }
  }
}
