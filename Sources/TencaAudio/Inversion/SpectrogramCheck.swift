internal import TencaNumerics

/// Finds what no spectrogram can hold, and says where.
struct SpectrogramCheck {
  /// What errors call the spectrogram.
  let name: String

  /// - Throws: ``AudioError/wrongWidth(place:found:needed:reason:)``,
  ///   ``AudioError/tooShort(place:found:needed:unit:)``.
  func requireShape(_ values: NDArray<Float>, columns: Int, reason: String) throws {
    precondition(values.rank == 2, "shape \(values.shape) is not frames × columns")
    if values.columns != columns {
      let isTransposed = values.rows == columns
      throw AudioError.wrongWidth(
        place: name, found: values.columns, needed: columns,
        reason: isTransposed
          ? "its rows are as many. Transpose it: a row is a frame here (a column in librosa)."
          : reason)
    }
    if values.rows == 0 {
      throw AudioError.tooShort(place: name, found: 0, needed: 1, unit: "frames")
    }
  }

  /// - Parameter least: What no value lies below.
  /// - Throws: ``AudioError/badCell(place:row:column:problem:)``.
  func requireValues(_ values: NDArray<Float>, least: Float, problem: String) throws {
    let bad = values.withUnsafeBuffer { $0.firstIndex { !($0 >= least && $0.isFinite) } }
    guard let bad else { return }
    let (row, column) = bad.quotientAndRemainder(dividingBy: values.columns)
    let value = values[row, column]
    throw AudioError.badCell(
      place: name, row: row, column: column,
      problem: value.isFinite
        ? "\(value) \(problem)"
        : "\(value) is not a finite number. Repair what made the spectrogram.")
  }

  /// - Throws: What ``PhaseRecovery/sound(of:length:name:execution:report:)`` says of its input.
  func requireMagnitudes(_ magnitudes: NDArray<Float>, columns: Int) throws {
    try requireShape(
      magnitudes, columns: columns,
      reason: "one a bin of a Fourier transform of \(2 * (columns - 1)) samples.")
    try requireValues(
      magnitudes, least: 0,
      problem: "is negative, and no magnitude is. Undo the logarithm or the scaling first.")
    if magnitudes.withUnsafeBuffer({ $0.allSatisfy { $0 == 0 } }) {
      throw AudioError.silence(place: name)
    }
  }
}
