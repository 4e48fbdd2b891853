import ArgumentParser
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// What tables with a row a frame are asked with.
struct FrameTableArguments: ParsableArguments {
  @Argument(help: "Sound files or folders; - is standard input.", completion: .file())
  var inputs: [String]

  @OptionGroup(title: "Main options") var main: FrameTableOptions

  /// Writes the rows of a source, as files, a table or JSON, and draws them if asked to.
  ///
  /// - Throws: `ValidationError`, `ExitCode`, and what stops the whole batch.
  func run(_ work: WorkOptions, _ source: (SoundOpening) -> any FrameSource) throws {
    let sounds = try sounds()
    let failures = try work.run { execution in
      if sounds.files.isEmpty { return [Failure]() }
      let source = source(main.sound.opening(work, execution))
      if main.picture == nil { return try write(sounds, source, execution) }
      // One sound is read once, that standard input can be drawn too.
      let held = HeldRows(source, path: sounds.files[0].path)
      let failures = try write(sounds, held, execution)
      if failures.isEmpty { try draw(held, of: sounds.files[0]) }
      return failures
    }
    try BatchFailures.report(
      sounds.failures + failures, of: sounds.failures.count + sounds.files.count)
  }

  /// The sound files, once it is known that what is asked for can be done.
  ///
  /// - Throws: `ValidationError`, ``CommandError/unwritable(path:reason:)``.
  func sounds() throws -> SoundInputs {
    let sounds = try SoundInputs(inputs)
    if let picture = main.picture {
      if sounds.files.count != 1 {
        throw ValidationError("--picture draws one sound; there are \(sounds.files.count).")
      }
      try OutputPath.checkPicture(picture)
    }
    return sounds
  }

  private func write(
    _ sounds: SoundInputs, _ source: any FrameSource, _ execution: Execution
  ) throws -> [Failure] {
    if main.report.json {
      let reports = try FrameReport.all(sounds.files, source, execution)
      try Console.writeLine(try JSONText.encode(reports.flatMap { (try? $0.get()) ?? [] }))
      return zip(sounds.files, reports).compactMap { file, result in
        if case .failure(let error) = result { Failure(name: file.path, error) } else { nil }
      }
    }
    // A picture alone needs no table.
    if main.picture != nil && main.files.output == nil && !main.report.csv
      && main.files.format == nil
    {
      return []
    }
    let destination = try main.files.destination(of: sounds)
    try destination.checkWritable()
    return try FeatureJob(source: source, destination: destination, execution: execution)
      .run(sounds.files)
  }

  private func draw(_ rows: HeldRows, of file: SoundInputs.File) throws {
    guard let picture = main.picture else { return }
    let channels = try rows.channels(of: file.path)
    try channels[0].chart(try channels[0].collected(), file.relativePath).write(to: picture)
  }
}

/// Where tables go, and of what.
struct FrameTableOptions: ParsableArguments {
  @OptionGroup var files: FeatureOutputOptions
  @OptionGroup var report: ReportOptions

  @Option(help: "Draw one sound to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var sound: SoundOptions

  func validate() throws {
    if report.json && (files.output != nil || files.format != nil) {
      throw ValidationError("--json writes to standard output: leave -o and --format out.")
    }
    if report.csv, let format = files.format, format != .csv {
      throw ValidationError("--csv contradicts --format \(format.rawValue).")
    }
    if picture != nil && sound.channel == .each {
      throw ValidationError("--picture draws one channel: choose it with --channel.")
    }
  }
}

/// The rows of a sound that was read already.
private struct HeldRows: FrameSource {
  private let held: Result<[Held], any Error>

  /// A channel's numbers, and how they are drawn.
  private struct Held: @unchecked Sendable {
    let features: FeatureMatrix
    let chart: (_ rows: FeatureMatrix, _ title: String) -> any Chart
  }

  init(_ source: any FrameSource, path: String) {
    held = Result {
      try source.channels(of: path).map { Held(features: try $0.collected(), chart: $0.chart) }
    }
  }

  func channels(of path: String) throws -> [FeatureRows] {
    try held.get().map { FeatureRows($0.features, chart: $0.chart) }
  }
}
