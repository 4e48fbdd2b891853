/// The ticks of one axis of a known length, chosen so that no label touches the next.
struct TickLayout {
  /// Where the labels stand.
  enum Side {
    case bottom
    case left
  }

  let scale: Scale
  let side: Side
  let length: Double
  private(set) var ticks: [Tick]
  private(set) var style: TextStyle
  /// The turn of the labels, in degrees anticlockwise.
  private(set) var rotation = 0.0
  /// The widths of the labels, each along its line of text.
  private(set) var widths: [Double] = []
  private var capitalHeight = 0.0

  /// Room between neighbouring labels along a line of text, in points.
  private static let clearance = 8.0

  /// Chooses ticks for an axis of `length` points; labels wider than `longest` are shortened.
  init(_ scale: Scale, side: Side, length: Double, longest: Double = 150, on canvas: Canvas) {
    self.scale = scale
    self.side = side
    self.length = length
    style = Style.tickLabel
    ticks = []
    if case .categories = scale.axis.kind {
      ticks = scale.ticks(maximumCount: 1)
      turnOrShrinkToFit(on: canvas)
      for i in ticks.indices {
        ticks[i].label = canvas.shortened(ticks[i].label, to: longest, style)
      }
      widths = ticks.map { canvas.width(of: $0.label, style) }
    } else {
      let comfortable = side == .bottom ? 64.0 : 36.0
      var count = min(max(Int(length / comfortable), 2), 12)
      // One tick alone says nothing of the scale.
      while count < 12 && scale.ticks(maximumCount: count).count < 2 { count += 1 }
      ticks = scale.ticks(maximumCount: count)
      widths = ticks.map { canvas.width(of: $0.label, style) }
      while !isClear {
        count -= 1
        let fewer = count > 0 ? scale.ticks(maximumCount: count) : []
        ticks = fewer.isEmpty ? Array(ticks.prefix(1)) : fewer
        widths = ticks.map { canvas.width(of: $0.label, style) }
      }
    }
    capitalHeight = canvas.capitalHeight(style)
  }

  /// How far labels reach from the axis line, ticks included.
  var depth: Double {
    guard let widest = widths.max() else { return 0 }
    let reach = Style.tickLength + Style.tickGap
    switch (side, rotation) {
    case (.left, _): return reach + widest
    case (.bottom, 0): return reach + capitalHeight
    case (.bottom, 90): return reach + widest
    // On the diagonal, a step along the text and one across it both go down by 1/√2.
    default: return reach + (widest + capitalHeight) * 0.5.squareRoot()
    }
  }

  /// How far labels below the axis reach beyond its left and its right end.
  var overhang: (left: Double, right: Double) {
    guard side == .bottom else { return (0, 0) }
    // Turned letters reach to the right with what hangs below their baseline.
    let descent = 0.25 * style.size
    var result = (left: 0.0, right: 0.0)
    for (tick, width) in zip(ticks, widths) {
      let place = scale.fraction(of: tick.value) * length
      let reach: (left: Double, right: Double) =
        switch rotation {
        case 0: (width / 2, width / 2)
        case 90: (capitalHeight / 2, capitalHeight / 2 + descent)
        default: (width * 0.5.squareRoot(), (capitalHeight + descent) * 0.5.squareRoot())
        }
      result.left = max(result.left, reach.left - place)
      result.right = max(result.right, place + reach.right - length)
    }
    return result
  }

  /// Whether all labels keep their distance at the present choice of ticks.
  private var isClear: Bool {
    let places = ticks.map { scale.fraction(of: $0.value) * length }
    return places.indices.dropLast().allSatisfy { i in
      let distance = abs(places[i + 1] - places[i])
      let need =
        side == .bottom
        ? (widths[i] + widths[i + 1]) / 2 + Self.clearance : style.lineHeight
      return distance >= need
    }
  }

  /// Makes category labels fit: level, then slanted, then upright, then smaller, then fewer.
  private mutating func turnOrShrinkToFit(on canvas: Canvas) {
    let slot = length / Double(max(ticks.count, 1))
    if side == .bottom {
      widths = ticks.map { canvas.width(of: $0.label, style) }
      if isClear && widths.allSatisfy({ $0 <= max(slot, 40) }) { return }
      // Slanted lines of text are nearer to each other than their starting points.
      rotation = slot * 0.5.squareRoot() >= style.lineHeight ? 45 : 90
    }
    if slot < style.lineHeight {
      style.size = max(Style.smallestText, slot / style.lineHeight * style.size)
    }
    if slot < style.lineHeight {
      let every = Int((style.lineHeight / slot).rounded(.up))
      ticks = ticks.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
    }
  }
}
