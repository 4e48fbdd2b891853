internal import FoundationEssentials
internal import TencaFormats
internal import TencaNeural
internal import TencaNumerics

/// The log of a run that TensorBoard shows while it grows.
struct RunLog: ~Copyable {
  private var file: EventFile

  /// Begins a file in a folder, which is made where it is missing.
  ///
  /// - Throws: What keeps a file from being made.
  init(folder: String) throws {
    try OutputPath.makeFolder(folder)
    let now = Self.now
    // A run that goes on, even within the same second, writes a file of its own.
    let name = "events.out.tfevents.\(Int(now)).\(ProcessInfo.processInfo.processIdentifier)"
    file = try EventFile(path: "\(folder)/\(name)", wallTime: now)
  }

  /// Appends an epoch.
  ///
  /// - Throws: `FormatError`.
  mutating func append(_ report: TrainingLoop.EpochReport, _ sheet: Picture?) throws {
    let scalars = report.measures.map { ("train/\($0.name)", Float($0.value)) }
    try file.append(
      scalars: scalars + [("examplesPerSecond", Float(report.throughput))], step: report.steps,
      wallTime: Self.now)
    if let sheet {
      try file.append(sheet, tag: "samples", step: report.steps, wallTime: Self.now)
    }
  }

  private static var now: Double { Date().timeIntervalSince1970 }
}
