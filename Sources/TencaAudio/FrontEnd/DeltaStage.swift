/// Appends derivatives to rows as they come: each filter, applied over the frames around a row,
/// gives one more block of columns.
final class DeltaStage: RowStage {
  /// How a filter meets the ends of the sound.
  enum Ends: Sendable {
    /// Other rows stand in for those beyond.
    case extended(Boundary)
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

  func process(_ input: RowBuffer, last: Bool) throws -> RowBuffer {
    rows.append(input)
    var output = RowBuffer(width: outputWidth)
    let total = rows.end
    // Without the end in sight, a row waits until all rows that its filters reach are there.
    var ready = last ? total : max(next, total - reach)
    switch ends {
    case .extended(.wrap): if !last { ready = 0 }
    case .extended(.reflect):
      // The first rows mirror as many rows as they miss, and one more.
      if !last && total <= reach { ready = 0 }
    case .extended: break
    case .nearestWholeWindow:
      if total < 2 * reach + 1 {
        if last && total > 0 {
          throw AudioError.tooShort(
            place: "deltas", found: total, needed: 2 * reach + 1, unit: "frames")
        }
        return output
      }
    }
    output.append(rows: ready - next) { target in
      for row in next..<ready { derive(row, total: total, target + (row - next) * outputWidth) }
    }
    next = ready
    if case .extended(.wrap) = ends { return output }
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
      for tap in filter.indices where filter[tap] != 0 {
        let neighbour: Int?
        switch ends {
        case .extended(let boundary):
          neighbour = boundary.source(of: row + tap - half, count: total)
        case .nearestWholeWindow:
          neighbour = min(max(row, half), total - 1 - half) + tap - half
        }
        guard let neighbour else { continue }
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
    try options.check()
    let windows = (1...options.order).map { options.window(order: $0) }
    let ends = options.ends
    switch options.method {
    case .kaldi:
      // Each order's filter is the one before convolved with the regression (feature-functions).
      var filters: [[Float]] = []
      var filter: [Double] = [1]
      for window in windows {
        filter = convolve(filter, regression(window))
        filters.append(filter.map(Float.init))
      }
      return [DeltaStage(inputWidth: width, source: 0..<width, filters: filters, ends: ends)]
    case .htk:
      return windows.enumerated().map { order, window in
        DeltaStage(
          inputWidth: width * (order + 1), source: (order * width)..<((order + 1) * width),
          filters: [regression(window).map(Float.init)], ends: ends)
      }
    case .savitzkyGolay:
      let filters = windows.enumerated().map { savitzkyGolay($1, order: $0 + 1) }
      return [DeltaStage(inputWidth: width, source: 0..<width, filters: filters, ends: ends)]
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

extension DeltaOptions {
  fileprivate func window(order: Int) -> Int {
    order == 1 ? window : accelerationWindow ?? window
  }

  fileprivate var ends: DeltaStage.Ends {
    switch edges ?? (method == .savitzkyGolay ? .polynomial : .hold) {
    case .hold: .extended(.hold)
    case .zero: .extended(.zero)
    case .mirror: .extended(.reflect)
    case .wrap: .extended(.wrap)
    case .polynomial: .nearestWholeWindow
    }
  }

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  fileprivate func check() throws {
    let windows = [window, accelerationWindow ?? window]
    guard (0...8).contains(order), windows.allSatisfy((1...1000).contains) else {
      throw AudioError.invalidOption(
        name: "deltas", value: "order \(order), window \(windows.max()!)",
        rule: "an order from 0 to 8 and a window from 1 to 1000.")
    }
    if method == .savitzkyGolay, order > 2 * windows.min()! {
      throw AudioError.invalidOption(
        name: "deltas", value: "order \(order)",
        rule: "a polynomial over \(2 * windows.min()! + 1) frames has a lower degree.")
    }
    if edges == .polynomial && method != .savitzkyGolay {
      throw AudioError.invalidOption(
        name: "delta-edges", value: "polynomial", rule: "only the method savitzky-golay fits any.")
    }
  }
}
