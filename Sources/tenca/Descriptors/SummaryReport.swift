internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// What `tenca features descriptors --summary` says: how descriptors are spread over each sound.
struct SummaryReport: TableReport {
  /// A sound, or a channel of one.
  struct Sound: Encodable, Sendable {
    let sound: String
    let frames: Int
    let descriptors: [ColumnSummary]
  }

  let sounds: [Sound]
  /// The sounds that could not be described.
  let failures: [Failure]

  init(
    _ files: [SoundInputs.File], _ source: DescriptorSource, _ execution: Execution
  ) throws {
    let counter = ProgressCounter(execution, task: "describing", total: files.count)
    let results = try execution.attempt(files.count, counter) { index in
      let channels = try source.features(of: files[index].path)
      return channels.enumerated().map { number, features in
        Sound(
          sound: files[index].path + (channels.count == 1 ? "" : ", channel \(number + 1)"),
          frames: features.frameCount, descriptors: features.summaries)
      }
    }
    sounds = results.flatMap { (try? $0.get()) ?? [] }
    failures = zip(files, results).compactMap { file, result in
      if case .failure(let error) = result { Failure(name: file.path, error) } else { nil }
    }
  }

  func encode(to encoder: any Encoder) throws { try sounds.encode(to: encoder) }

  var text: String {
    sounds.map { sound in
      var table = TextTable([
        ("descriptor", .left), ("mean", .right), ("deviation", .right), ("minimum", .right),
        ("median", .right), ("maximum", .right),
      ])
      for summary in sound.descriptors {
        table.add([summary.name] + summary.figures.map { Self.shown($0.value) })
      }
      return "\(sound.sound): \(counted(sound.frames, "frame", "frames"))\n\n\(table.text)"
    }.joined(separator: "\n\n")
  }

  /// Hertz without decimals, shares with many.
  private static func shown(_ value: Double) -> String {
    value.formatted(decimals: abs(value) >= 100 ? 0 : abs(value) >= 1 ? 2 : 4)
  }

  /// A row a sound. Rates differ, and with them the octaves that there are: what a sound lacks stays
  /// empty.
  func csv() throws -> String {
    var names: [String] = []
    for sound in sounds {
      for summary in sound.descriptors where !names.contains(summary.name) {
        names.append(summary.name)
      }
    }
    let figures = ["mean", "deviation", "minimum", "median", "maximum"]
    let columns = ["sound", "frames"] + names.flatMap { name in figures.map { "\(name) \($0)" } }
    return try CSVWriter.encode(columns: columns) { writer in
      for sound in sounds {
        let known = Dictionary(uniqueKeysWithValues: sound.descriptors.map { ($0.name, $0) })
        try writer.append(
          [sound.sound, "\(sound.frames)"]
            + names.flatMap { name in
              known[name].map { $0.figures.map { "\(Float($0.value))" } }
                ?? figures.map { _ in "" }
            })
      }
    }
  }
}

extension ColumnSummary {
  /// The figures in the order of a table's columns.
  fileprivate var figures: [(name: String, value: Double)] {
    [
      ("mean", mean), ("deviation", deviation), ("minimum", minimum), ("median", median),
      ("maximum", maximum),
    ]
  }
}
