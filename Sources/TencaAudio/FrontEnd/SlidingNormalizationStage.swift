/// Subtracts the mean of a window that slides along, and divides by its standard deviation if asked
/// (Kaldi's apply-cmvn-sliding).
final class SlidingNormalizationStage: RowStage {
  private let options: NormalizationOptions
  private var rows: RowBuffer
  private var next = 0
  /// The moments of all rows before each held row, and of all rows: differences of two give any
  /// window's, without drift and whatever the chunks were.
  private var moments: [ColumnMoments]
  private var momentsStart = 0

  let outputWidth: Int

  /// Kaldi's floor of the variance (feat/feature-functions).
  private static let varianceFloor = 1e-10

  init(_ options: NormalizationOptions, width: Int) throws {
    for window in [options.window, options.minimumWindow] {
      guard (1...10_000_000).contains(window) else {
        throw AudioError.invalidOption(
          name: "normalize-window", value: "\(window)",
          rule: "a sliding window holds between 1 and 10000000 frames.")
      }
    }
    self.options = options
    rows = RowBuffer(width: width)
    moments = [ColumnMoments(width: width)]
    outputWidth = width
  }

  func process(_ input: RowBuffer, last: Bool) -> RowBuffer {
    for row in 0..<input.end {
      var sum = moments[moments.count - 1]
      input.withRow(row) { sum.add($0) }
      moments.append(sum)
    }
    rows.append(input)
    let total = rows.end
    var ready = next
    while ready < total && window(of: ready, total: last ? total : nil).upperBound <= total {
      ready += 1
    }
    var output = RowBuffer(width: outputWidth)
    output.append(rows: ready - next) { target in
      var known: (window: Range<Int>, standardization: ColumnMoments.Standardization)?
      for row in next..<ready {
        let window = window(of: row, total: last ? total : nil)
        if known?.window != window { known = (window, standardization(over: window)) }
        rows.withRow(row) {
          known!.standardization.apply($0, target + (row - next) * outputWidth)
        }
      }
    }
    next = ready
    forget()
    return output
  }

  /// The rows whose mean a row loses. Without `total` the end is not known yet, and the window may
  /// reach beyond the rows that are there.
  private func window(of row: Int, total: Int?) -> Range<Int> {
    // The order of these corrections is Kaldi's SlidingWindowCmn.
    var start = options.centered ? row - options.window / 2 : row - options.window
    var end = options.centered ? start + options.window : row + 1
    if start < 0 {
      end -= start
      start = 0
    }
    if !options.centered && end > row { end = max(row + 1, options.minimumWindow) }
    if let total, end > total {
      start = max(0, start - (end - total))
      end = total
    }
    return start..<end
  }

  private func standardization(over window: Range<Int>) -> ColumnMoments.Standardization {
    moments[window.upperBound - momentsStart].standardization(
      since: moments[window.lowerBound - momentsStart], count: window.count,
      dividesByDeviation: options.variance, varianceFloor: Self.varianceFloor)
  }

  private func forget() {
    rows.forget(before: next - options.window - 1)
    moments.removeFirst(rows.start - momentsStart)
    momentsStart = rows.start
  }
}
