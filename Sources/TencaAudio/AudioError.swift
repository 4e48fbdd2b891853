/// What can go wrong between a sound file and its features.
///
/// Each case names the place, the value, the limit and the remedy in its ``description``.
public enum AudioError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file could not be opened; the reason is the system's or libsndfile's.
  case unreadable(path: String, reason: String)
  /// The file exists and holds no bytes.
  case emptyFile(path: String)
  /// A sound without a single sample.
  case noSamples(path: String)
  /// The file ends before the samples that its header promises.
  case truncated(path: String, expected: Int, found: Int)
  /// A sample that is NaN or infinite.
  case nonFiniteSample(path: String, frame: Int, channel: Int)
  /// A frame whose energy is not a finite number, or too great to compute with.
  case overflow(place: String, frame: Int)
  /// A channel was asked for that the file does not have.
  case missingChannel(path: String, wanted: String, channels: Int)
  /// The sound has another rate than the one that is needed.
  case rateMismatch(path: String, found: Int, expected: Int)
  /// The sound is too short for a single frame, or for the filter that follows.
  case tooShort(place: String, found: Int, needed: Int, unit: String)
  /// An option has a value that makes no sense, alone or beside another one.
  case invalidOption(name: String, value: String, rule: String)
  /// A cell of a spectrogram that no sound can have.
  case badCell(place: String, row: Int, column: Int, problem: String)
  /// A spectrogram whose columns are not those of its options.
  case wrongWidth(place: String, found: Int, needed: Int, reason: String)
  /// A spectrogram in which nothing is heard.
  case silence(place: String)
  /// A sound could not be written.
  case unwritable(path: String, reason: String)
  /// The resampler or the Fourier library refused.
  case library(name: String, reason: String)

  /// The place, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read as sound: \(reason)"
    case .emptyFile(let path):
      "\(path): the file is empty (0 bytes). Copy or record it again."
    case .noSamples(let path):
      "\(path): the sound holds no samples. Record it again, or leave it out."
    case .truncated(let path, let expected, let found):
      "\(path): truncated: its header promises \(expected) frames and \(found) are there. "
        + "Copy the file again, or cut it to what is left with a sound editor."
    case .nonFiniteSample(let path, let frame, let channel):
      "\(path): sample \(frame) of channel \(channel + 1) is NaN or infinite. "
        + "Repair the file: samples must be finite numbers."
    case .overflow(let place, let frame):
      "\(place): frame \(frame) holds samples that are not finite or far beyond full scale. "
        + "Scale the sound so that its samples lie within ±1."
    case .missingChannel(let path, let wanted, let channels):
      "\(path): has \(channels) channel\(channels == 1 ? "" : "s"), so no \(wanted) channel. "
        + "Use --channel mix or first."
    case .rateMismatch(let path, let found, let expected):
      "\(path): its rate is \(found) Hz, \(expected) Hz is needed. "
        + "Drop --strict-rate, or convert the file first."
    case .tooShort(let place, let found, let needed, let unit):
      "\(place): too short: \(found) \(found == 1 ? String(unit.dropLast()) : unit), "
        + "at least \(needed) needed. Leave it out, or take shorter frames."
    case .invalidOption(let name, let value, let rule):
      "option \(name): \(value) is not possible: \(rule)"
    case .badCell(let place, let row, let column, let problem):
      "\(place): row \(row), column \(column) (counted from 0): \(problem)"
    case .wrongWidth(let place, let found, let needed, let reason):
      "\(place): has \(found) column\(found == 1 ? "" : "s"), \(needed) needed: \(reason)"
    case .silence(let place):
      "\(place): nothing is heard: every value is silence. Check the logarithm, its floor and the "
        + "scale that the spectrogram was made with."
    case .unwritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .library(let name, let reason):
      "\(name) failed: \(reason)"
    }
  }
}
