internal import Foundation

extension Waveform {
  /// The sound without the silence before its first and after its last sounding moment.
  ///
  /// A moment is 10 ms, moving by half of that.
  ///
  /// - Parameter decibels: How far below the loudest moment's root mean square silence begins.
  /// - Returns: At least one moment; the sound itself where it is silent throughout.
  /// - Complexity: O(samples).
  public func trimmed(below decibels: Float) -> Waveform {
    let window = max(sampleRate / 100, 2)
    let step = window / 2
    let energies = stride(from: 0, to: max(samples.count - window, 0) + 1, by: step).map { start in
      samples[start..<min(start + window, samples.count)].reduce(0) { $0 + $1 * $1 }
    }
    guard let loudest = energies.max(), loudest > 0 else { return self }
    let least = loudest * pow(10, -decibels / 10)
    let first = energies.firstIndex { $0 >= least }!
    let last = energies.lastIndex { $0 >= least }!
    return Waveform(
      samples: Array(samples[first * step..<min(last * step + window, samples.count)]),
      sampleRate: sampleRate)
  }
}
