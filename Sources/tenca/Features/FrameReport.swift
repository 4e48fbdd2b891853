internal import TencaAudio
internal import TencaNumerics
internal import TencaRecognition

/// The rows of a sound, for programs.
struct FrameReport: Encodable, Sendable {
  let sound: String
  let channel: Int?
  let columns: [String]
  let times: [Double]
  /// The values of each frame.
  let rows: [[Float]]

  init(_ features: FeatureMatrix, sound: String, channel: Int?) {
    self.sound = sound
    self.channel = channel
    columns = features.columnNames
    times = (0..<features.frameCount).map {
      features.firstFrameTime + Double($0) * features.hopSeconds
    }
    rows = (0..<features.frameCount).map { features.values.row($0).elements }
  }

  /// One a channel of each sound, or why there is none.
  static func all(
    _ files: [SoundInputs.File], _ source: any FrameSource, _ execution: Execution
  ) throws -> [Result<[FrameReport], any Error>] {
    let counter = ProgressCounter(execution, task: "computing", total: files.count)
    return try execution.attempt(files.count, counter) { index in
      let channels = try source.channels(of: files[index].path)
      return try channels.enumerated().map { number, rows in
        FrameReport(
          try rows.collected(), sound: files[index].path,
          channel: channels.count == 1 ? nil : number + 1)
      }
    }
  }
}
