internal import Glibc

/// A log of training that TensorBoard shows as it grows: scalars and pictures by step.
///
/// A file of TFRecords, each an `Event` message of TensorFlow's `event.proto`. It is the one format here
/// that is not written beside and renamed: it is read while it is written. Every record is appended
/// whole, and a run that was cut off leaves at most one record that readers skip. A run that is resumed
/// writes a new file in the same folder.
///
/// ```swift
/// var log = try EventFile(path: "run/events.out.tfevents.1700000000.host", wallTime: now)
/// try log.append(scalars: [("loss/generator", 0.7)], step: 100, wallTime: now)
/// try log.append(sheet, tag: "samples", step: 100, wallTime: now)
/// ```
public struct EventFile: ~Copyable {
  /// Where the file is.
  public let path: String
  private let descriptor: Int32

  /// Makes a new file.
  ///
  /// - Parameters:
  ///   - path: Where, in a folder that is there. TensorBoard looks for files whose names hold "tfevents".
  ///   - wallTime: The time, in seconds since 1970.
  /// - Throws: ``FormatError/unwritable(path:reason:)``, also where there is a file already.
  public init(path: String, wallTime: Double) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FormatError.unwritable(path: path, reason: systemReason())
    }
    try append(EventRecord.version(wallTime: wallTime))
  }

  deinit { close(descriptor) }

  /// Appends numbers of one step.
  ///
  /// - Parameters:
  ///   - scalars: Names and numbers; a slash in a name groups its charts.
  ///   - step: The step of training.
  ///   - wallTime: The time, in seconds since 1970.
  /// - Throws: ``FormatError/unwritable(path:reason:)``.
  public mutating func append(
    scalars: [(tag: String, value: Float)], step: Int, wallTime: Double
  ) throws {
    try append(EventRecord.scalars(scalars, step: step, wallTime: wallTime))
  }

  /// Appends a picture, as a PNG.
  ///
  /// - Parameters:
  ///   - picture: The picture.
  ///   - tag: Its name.
  ///   - step: The step of training.
  ///   - wallTime: The time, in seconds since 1970.
  /// - Throws: ``FormatError``: `unwritable`, and `unencodable` as `Picture.png()`.
  public mutating func append(
    _ picture: Picture, tag: String, step: Int, wallTime: Double
  ) throws {
    try append(EventRecord.picture(picture, tag: tag, step: step, wallTime: wallTime))
  }

  private func append(_ record: [UInt8]) throws {
    try record.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = write(descriptor, bytes.baseAddress! + written, bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw FormatError.unwritable(path: path, reason: systemReason())
        }
        written += count
      }
    }
  }
}
