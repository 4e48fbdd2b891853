import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca segment-sound`: what is heard when in a long recording.
struct SegmentSoundCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment-sound",
    abstract: "Cut a long recording into stretches of one kind of sound each.",
    usage: "tenca segment-sound [<options>] <model> <input>",
    discussion: #"""
      A classifier's classes follow each other in a hidden Markov model with minimum
      durations: speech, music and noise, events, or speakers.

        tenca segment-sound sounds.tenca day.flac -o day.txt
        tenca segment-sound sounds.tenca day.flac --minimum 2 --json
        arecord -f S16_LE -r 16000 -t wav | tenca segment-sound sounds.tenca - --csv

      Files of .txt are label tracks of Audacity, those of .TextGrid are Praat's. Memory does
      not grow with the recording, unless the front end of the model needs all of it, as
      normalisation by utterance does.
      """#)

  @Argument(help: "A model of tenca train classifier.", completion: .file())
  var model: String

  @Argument(help: "A sound; - is standard input.", completion: .file())
  var input: String

  @Option(
    name: .shortAndLong, help: "Write labels here: .txt for Audacity, .TextGrid, .csv or .json.",
    completion: .file())
  var output: String?

  @Option(help: "The least seconds of a stretch.")
  var minimum = SegmentationOptions().minimumDuration

  @Option(help: "How probable another class is in the next frame.")
  var change = SegmentationOptions().changeProbability

  @Flag(help: "Refuse a sound of another rate than the model's instead of resampling it.")
  var strictRate = false

  @Option(help: "Draw the stretches to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @OptionGroup var report: ReportOptions
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(minimum >= 0 && minimum <= 3600) {
      throw ValidationError("--minimum \(minimum): from 0 to 3600 seconds.")
    }
    if !(change > 0 && change < 1) {
      throw ValidationError("--change \(change): a probability between 0 and 1.")
    }
  }

  func run() throws {
    if let output { try OutputPath.check(output) }
    if let picture { try OutputPath.checkPicture(picture) }
    let classifier = try ModelFile.readClassifier(model)
    var options = SegmentationOptions()
    (options.minimumDuration, options.changeProbability) = (minimum, change)
    let report = try work.run { execution in
      if !classifier.options.frontEnd.streams {
        work.logger.notice(
          "\(model): its front end needs the whole sound (normalisation by utterance); memory grows."
        )
      }
      var segments: [SoundSegment] = []
      try classifier.segment(
        soundAt: input, options: options, strictRate: strictRate,
        cancellation: execution.cancellation
      ) { segments.append($0) }
      return SoundSegmentReport(file: input, segments: segments)
    }
    if let output {
      let text = try report.text(for: output)
      try ReplacingFile.write(Array(text.utf8), to: output)
    }
    if let picture { try report.timeline.write(to: picture) }
    if output == nil && picture == nil || self.report.json || self.report.csv {
      try self.report.write(report)
    }
  }
}

/// The stretches of a recording.
struct SoundSegmentReport: TableReport {
  let file: String
  let segments: [Segment]

  /// One stretch.
  struct Segment: Encodable {
    let label: String
    let start: Double
    let end: Double
    let confidence: Double
  }

  init(file: String, segments: [SoundSegment]) {
    self.file = file
    self.segments = segments.map {
      Segment(
        label: $0.label, start: $0.start.microseconds, end: $0.end.microseconds,
        confidence: $0.confidence)
    }
  }

  var text: String {
    var table = TextTable([
      ("start", .right), ("end", .right), ("class", .left), ("confidence", .right),
    ])
    for segment in segments {
      table.add([
        segment.start.formatted(decimals: 2), segment.end.formatted(decimals: 2), segment.label,
        segment.confidence.formatted(decimals: 2),
      ])
    }
    return table.text
  }

  func csv() throws -> String {
    try CSVWriter.encode(columns: ["start", "end", "label", "confidence"]) { writer in
      for segment in segments {
        try writer.append([
          "\(segment.start)", "\(segment.end)", segment.label,
          segment.confidence.formatted(decimals: 4),
        ])
      }
    }
  }

  /// The text of a file, by its extension.
  func text(for path: String) throws -> String {
    let intervals = segments.map {
      LabelledInterval(start: $0.start, end: $0.end, label: $0.label)
    }
    if path.hasSuffix(".TextGrid") { return IntervalText.textGrid(intervals, tier: "classes") }
    if path.hasSuffix(".csv") { return try csv() }
    if path.hasSuffix(".json") { return try JSONText.encode(self) + "\n" }
    return IntervalText.audacity(intervals)
  }

  /// The stretches as a picture.
  var timeline: Timeline {
    Timeline(
      [
        Timeline.Track(
          "class",
          segments.map { Timeline.Segment(start: $0.start, end: $0.end, label: $0.label) })
      ], title: file)
  }
}
