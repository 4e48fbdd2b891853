/// Subtracts means, and divides by standard deviations, over the utterance or a sliding window.
struct NormalizationStage: RowStage {
  private let options: NormalizationOptions
  private var rows: RowBuffer
  private var next = 0
  /// For a sliding window, sums and sums of squares of all rows before each held row, in double:
  /// differences of two of them give any window's statistics, without drift and whatever the chunks
  /// were. For the whole utterance, its sums so far.
  private var sums: [Double]
  private var sumsStart = 0

  let outputWidth: Int

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
    outputWidth = width
    sums = [Double](repeating: 0, count: 2 * width)
  }

  mutating func process(_ input: RowBuffer, last: Bool) throws -> RowBuffer {
    append(input)
    let total = rows.end
    var output = RowBuffer(width: outputWidth)
    var ready = next
    while ready < total {
      let window = self.window(of: ready, total: last ? total : nil)
      if window.upperBound > total || (!last && options.scope == .utterance) { break }
      ready += 1
    }
    output.append(rows: ready - next) { target in
      var known: (window: Range<Int>, statistics: [(shift: Float, scale: Float)])?
      for row in next..<ready {
        let window = self.window(of: row, total: last ? total : nil)
        if known?.window != window { known = (window, statistics(of: window)) }
        let place = target + (row - next) * outputWidth
        rows.withRow(row) { values in
          for (column, statistic) in known!.statistics.enumerated() {
            place[column] = (values[column] - statistic.shift) * statistic.scale
          }
        }
      }
    }
    next = ready
    forget()
    return output
  }

  private mutating func append(_ input: RowBuffer) {
    let first = rows.end
    rows.append(input)
    let width = outputWidth
    // The whole utterance is one window: only its last sums are ever asked for.
    let keepsAll = options.scope == .sliding
    for row in first..<rows.end {
      if keepsAll { sums.append(contentsOf: sums.suffix(2 * width)) }
      let place = sums.count - 2 * width
      rows.withRow(row) { values in
        for column in 0..<width {
          let value = Double(values[column])
          sums[place + column] += value
          sums[place + width + column] += value * value
        }
      }
    }
  }

  /// The rows whose mean a row loses. Without `total` the end is not known yet, and the window may
  /// reach beyond the rows that are there.
  private func window(of row: Int, total: Int?) -> Range<Int> {
    if options.scope == .utterance { return 0..<(total ?? rows.end) }
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

  private func statistics(of window: Range<Int>) -> [(shift: Float, scale: Float)] {
    let width = outputWidth
    let count = Double(window.count)
    let sum: (Int) -> Double
    if options.scope == .utterance {
      sum = { sums[$0] }
    } else {
      let low = (window.lowerBound - sumsStart) * 2 * width
      let high = (window.upperBound - sumsStart) * 2 * width
      sum = { sums[high + $0] - sums[low + $0] }
    }
    // A constant column keeps its zeros instead of dividing by nothing (Kaldi's floors).
    let floor = options.scope == .utterance ? 1e-20 : 1e-10
    return (0..<width).map { column in
      let mean = sum(column) / count
      guard options.variance else { return (Float(mean), 1) }
      let square = sum(width + column) / count
      let variance = max(square - mean * mean, floor)
      let scale = window.count == 1 ? 0 : 1 / variance.squareRoot()
      return (Float(mean), Float(scale))
    }
  }

  private mutating func forget() {
    if options.scope == .utterance { return }
    let before = rows.start
    rows.forget(before: next - options.window - 1)
    let forgotten = rows.start - before
    if forgotten > 0 {
      sums.removeFirst(forgotten * 2 * outputWidth)
      sumsStart += forgotten
    }
  }
}
