/// Appends derivatives to rows as they come: each filter, applied over the frames around a row,
/// gives one more block of columns.
struct DeltaStage: RowStage {
  /// How rows beyond the ends are stood in for.
  enum Ends: Sendable {
    /// The first and the last row are held.
    case held
    /// The filter is moved inside, so that all its rows exist.
    case nearestWholeWindow
  }

  private let source: Range<Int>
  private let filters: [[Float]]
  private let ends: Ends
  private var rows: RowBuffer
  private var next = 0

  let outputWidth: Int

  /// - Parameters:
  ///   - source: The columns that are differentiated.
  ///   - filters: One a derivative, each of odd length and centred on the row.
  init(inputWidth: Int, source: Range<Int>, filters: [[Float]], ends: Ends) {
    self.source = source
    self.filters = filters
    self.ends = ends
    rows = RowBuffer(width: inputWidth)
    outputWidth = inputWidth + filters.count * source.count
  }

  private var reach: Int { (filters.map(\.count).max() ?? 1) / 2 }

  mutating func process(_ input: RowBuffer, last: Bool) throws -> RowBuffer {
    rows.append(input)
    var output = RowBuffer(width: outputWidth)
    let total = rows.end
    if ends == .nearestWholeWindow && total < 2 * reach + 1 {
      if last && total > 0 {
        throw AudioError.tooShort(
          place: "deltas", found: total, needed: 2 * reach + 1, unit: "frames")
      }
      return output
    }
    // Without the end in sight, a row waits until all rows that its filters reach are there.
    let ready = last ? total : max(next, total - reach)
    output.append(rows: ready - next) { target in
      for row in next..<ready { derive(row, total: total, target + (row - next) * outputWidth) }
    }
    next = ready
    rows.forget(before: next - 2 * reach - 1)
    return output
  }

  private func derive(_ row: Int, total: Int, _ target: UnsafeMutablePointer<Float>) {
    let width = rows.width
    rows.withRow(row) { target.update(from: $0, count: width) }
    for (index, filter) in filters.enumerated() {
      let half = filter.count / 2
      let block = target + width + index * source.count
      block.initialize(repeating: 0, count: source.count)
      let center = ends == .held ? row : min(max(row, half), total - 1 - half)
      for tap in filter.indices where filter[tap] != 0 {
        let neighbour = min(max(center + tap - half, 0), total - 1)
        let weight = filter[tap]
        rows.withRow(neighbour) { values in
          for column in source { block[column - source.lowerBound] += weight * values[column] }
        }
      }
    }
  }
}

extension DeltaStage {
  /// The stages that append derivatives as `options` ask to rows of `width` columns.
  static func stages(_ options: DeltaOptions, width: Int) throws -> [DeltaStage] {
    if options.order == 0 { return [] }
    guard options.order > 0, options.order <= 8, options.window >= 1, options.window <= 1000 else {
      throw AudioError.invalidOption(
        name: "deltas", value: "order \(options.order), window \(options.window)",
        rule: "an order from 0 to 8 and a window from 1 to 1000.")
    }
    switch options.method {
    case .kaldi:
      // Each order's filter is the one before convolved with the regression (feature-functions).
      var filters: [[Float]] = []
      var filter: [Double] = [1]
      for _ in 0..<options.order {
        filter = convolve(filter, regression(options.window))
        filters.append(filter.map(Float.init))
      }
      return [DeltaStage(inputWidth: width, source: 0..<width, filters: filters, ends: .held)]
    case .htk:
      let filter = regression(options.window).map(Float.init)
      return (0..<options.order).map { order in
        DeltaStage(
          inputWidth: width * (order + 1), source: (order * width)..<((order + 1) * width),
          filters: [filter], ends: .held)
      }
    case .savitzkyGolay:
      guard options.order <= 2 * options.window else {
        throw AudioError.invalidOption(
          name: "deltas", value: "order \(options.order)",
          rule: "a polynomial over \(2 * options.window + 1) frames has a lower degree.")
      }
      let filters = (1...options.order).map { savitzkyGolay(options.window, order: $0) }
      return [
        DeltaStage(
          inputWidth: width, source: 0..<width, filters: filters, ends: .nearestWholeWindow)
      ]
    }
  }

  /// The slope of a straight line fitted over `2 · window + 1` frames.
  private static func regression(_ window: Int) -> [Double] {
    let norm = 2 * (1...window).reduce(0.0) { $0 + Double($1 * $1) }
    return (-window...window).map { Double($0) / norm }
  }

  private static func convolve(_ a: [Double], _ b: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: a.count + b.count - 1)
    for (i, x) in a.enumerated() { for (j, y) in b.enumerated() { result[i + j] += x * y } }
    return result
  }

  /// The derivative of the given order of a polynomial of that degree, fitted over `2 · window + 1`
  /// frames.
  ///
  /// Only the leading coefficient counts, and that is the projection on the monic polynomial that is
  /// orthogonal to all lower degrees over the window; hence the recurrence.
  private static func savitzkyGolay(_ window: Int, order: Int) -> [Float] {
    let times = (-window...window).map(Double.init)
    var previous = [Double](repeating: 0, count: times.count)
    var current = [Double](repeating: 1, count: times.count)
    var previousNorm = 1.0
    for _ in 0..<order {
      let norm = current.reduce(0) { $0 + $1 * $1 }
      let ratio = norm / previousNorm
      let next = zip(times, zip(current, previous)).map { t, pair in t * pair.0 - ratio * pair.1 }
      (previous, current, previousNorm) = (current, next, norm)
    }
    let norm = current.reduce(0) { $0 + $1 * $1 }
    let factorial = (1...order).reduce(1.0) { $0 * Double($1) }
    return current.map { Float(factorial * $0 / norm) }
  }
}
