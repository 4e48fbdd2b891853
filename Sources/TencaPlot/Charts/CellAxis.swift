/// One direction of a heatmap: equally many values as `count` cells, spread over `extent` of an axis.
struct CellAxis {
  let scale: Scale
  let extent: ClosedRange<Double>
  let count: Int

  /// Which cells each line of pixels of an image shows, and where on the axis the image lies.
  struct Sampling: Equatable {
    /// For every line of pixels, from `start` to `end`, the cells that it shows.
    var cells: [Range<Int>]
    /// The fraction of the axis at which the first line begins; it may lie outside 0…1.
    var start: Double
    /// The fraction of the axis at which the last line ends.
    var end: Double
  }

  /// Divides the visible cells among lines of pixels.
  ///
  /// Where cells are equally wide and no more than `pixels`, each gets one line, to be enlarged when
  /// drawn; otherwise each pixel gets the cells that it covers. Nil when no cell is visible.
  ///
  /// - Parameters:
  ///   - pixels: The pixels along the whole axis.
  ///   - ascending: Whether the first line is at fraction 0 of the axis (else at 1).
  func sampling(pixels: Int, ascending: Bool) -> Sampling? {
    let ends = [fraction(ofEdge: 0), fraction(ofEdge: Double(count))]
    let low = max(0, ends.min()!)
    let high = min(1, ends.max()!)
    guard count > 0, low < high else { return nil }
    let (start, end) = ascending ? (low, high) : (high, low)

    let whole = cells(between: start, and: end)
    if hasEqualCells && whole.count <= pixels {
      let isForward = edge(at: start) < edge(at: end)
      let cells = isForward ? Array(whole) : whole.reversed()
      let first = fraction(ofEdge: Double(whole.lowerBound))
      let last = fraction(ofEdge: Double(whole.upperBound))
      return Sampling(
        cells: cells.map { $0..<$0 + 1 }, start: isForward ? first : last,
        end: isForward ? last : first)
    }
    let lines = max(1, Int((Double(pixels) * (high - low)).rounded()))
    let edges = (0...lines).map { start + (end - start) * Double($0) / Double(lines) }
    return Sampling(
      cells: (0..<lines).map { cells(between: edges[$0], and: edges[$0 + 1]) }, start: start,
      end: end)
  }

  private var hasEqualCells: Bool { scale.axis.kind != .logarithmic }

  /// The cells that lie, wholly or in part, between two fractions of the axis; at least one.
  private func cells(between a: Double, and b: Double) -> Range<Int> {
    let edges = [edge(at: a), edge(at: b)]
    // A millionth of a cell is rounding.
    let low = Int((edges.min()! + 1e-6).rounded(.down))
    let high = Int((edges.max()! - 1e-6).rounded(.up))
    let first = min(max(low, 0), count - 1)
    return first..<min(max(high, first + 1), count)
  }

  /// The place among the cells, from 0 to `count`, that lies at a fraction of the axis.
  private func edge(at fraction: Double) -> Double {
    if case .centers = scale.axis.kind {
      return (scale.axis.isReversed ? 1 - fraction : fraction) * Double(count)
    }
    let share =
      (scale.value(at: fraction) - extent.lowerBound) / (extent.upperBound - extent.lowerBound)
    return min(max(share, 0), 1) * Double(count)
  }

  /// The inverse of ``edge(at:)``.
  private func fraction(ofEdge edge: Double) -> Double {
    let share = edge / Double(count)
    if case .centers = scale.axis.kind { return scale.axis.isReversed ? 1 - share : share }
    return scale.fraction(
      of: extent.lowerBound + share * (extent.upperBound - extent.lowerBound))
  }
}
