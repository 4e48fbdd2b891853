/// The maximum of a smooth function, by steps that learn its curvature from its slopes.
///
/// Limited-memory BFGS (J. Nocedal, 1980) with a line search for the strong Wolfe conditions
/// (J. Nocedal, S. Wright, "Numerical optimization", 2006, algorithms 3.5, 3.6 and 7.4). With no more
/// coordinates than ``memory`` it is BFGS from the identity.
///
/// ```swift
/// let top = try QuasiNewton().maximize(from: [0, 0]) { x in
///   (value: -x[0] * x[0] - x[1] * x[1], gradient: [-2 * x[0], -2 * x[1]])
/// }
/// ```
public struct QuasiNewton: Sendable, Equatable {
  /// The most steps.
  public var iterations: Int
  /// Stops where the best step that the curvature promises would gain less than this.
  public var tolerance: Double
  /// How many steps the curvature is learned from.
  public var memory: Int

  /// Makes a search.
  ///
  /// - Parameters:
  ///   - iterations: See ``iterations``.
  ///   - tolerance: See ``tolerance``. Below rounding, rounding is what stops.
  ///   - memory: See ``memory``; 30 is plenty where a model has hundreds of parameters.
  public init(iterations: Int = 500, tolerance: Double = 1e-9, memory: Int = 30) {
    self.iterations = iterations
    self.tolerance = tolerance
    self.memory = memory
  }

  /// A place, and what a function is like there.
  public struct Point: Sendable, Equatable {
    /// The coordinates.
    public var coordinates: [Double]
    /// The function.
    public var value: Double
    /// Its slope in every coordinate.
    public var gradient: [Double]
  }

  /// Where a search ended.
  public struct Outcome: Sendable, Equatable {
    /// The highest place that was found.
    public var point: Point
    /// The value at the start and after each step: never less than before.
    public var history: [Double]
    /// Whether it settled, rather than ran out of steps.
    public var converged: Bool
  }

  /// Climbs.
  ///
  /// - Parameters:
  ///   - start: Where to begin; the function must be there.
  ///   - evaluate: The function and its gradient; nil outside its domain, which is then as low as can
  ///     be.
  /// - Returns: The outcome; the start itself where the function is not defined there.
  /// - Throws: What `evaluate` throws.
  /// - Complexity: An evaluation or two a step, and O(memory · coordinates).
  public func maximize(
    from start: [Double], _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double])?
  ) throws -> Outcome {
    func point(_ coordinates: [Double]) throws -> Point? {
      guard let (value, gradient) = try evaluate(coordinates), value.isFinite,
        gradient.allSatisfy(\.isFinite)
      else { return nil }
      return Point(coordinates: coordinates, value: value, gradient: gradient)
    }
    guard var current = try point(start) else {
      let nowhere = Point(coordinates: start, value: -.infinity, gradient: start.map { _ in 0 })
      return Outcome(point: nowhere, history: [], converged: false)
    }
    var curvature = CurvatureMemory(limit: memory)
    var history = [current.value]
    while history.count <= iterations {
      var direction = curvature.direction(current.gradient)
      var slope = inner(direction, current.gradient)
      if !(slope > 0) {
        curvature.forget()
        direction = current.gradient
        slope = inner(direction, direction)
      }
      // Half of this is what a quadratic with the learned curvature would still gain.
      let rounding = 1e-14 * max(1, abs(current.value))
      let promised = curvature.isEmpty ? slope : slope / 2
      if promised <= max(tolerance, rounding) && !curvature.isEmpty || slope == 0 {
        return Outcome(point: current, history: history, converged: true)
      }
      let first = curvature.isEmpty ? min(1, 1 / slope.squareRoot()) : 1
      let search = LineSearch(origin: current, direction: direction, slope: slope)
      guard let next = try search.run(first: first, point), next.value > current.value else {
        // Along a fresh gradient nothing rises: what is left is rounding.
        if curvature.isEmpty {
          return Outcome(point: current, history: history, converged: promised < 1e-6)
        }
        curvature.forget()
        continue
      }
      curvature.learn(from: current, to: next)
      current = next
      history.append(current.value)
    }
    return Outcome(point: current, history: history, converged: false)
  }
}

/// Σ aᵢ bᵢ.
private func inner(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 }
}

/// The last steps, and how the gradient fell along each.
private struct CurvatureMemory {
  let limit: Int
  private var steps: [(move: [Double], fall: [Double], product: Double)] = []

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { steps.isEmpty }

  mutating func forget() { steps = [] }

  mutating func learn(from a: QuasiNewton.Point, to b: QuasiNewton.Point) {
    let move = zip(b.coordinates, a.coordinates).map { $0 - $1 }
    let fall = zip(a.gradient, b.gradient).map { $0 - $1 }
    let product = inner(move, fall)
    // A step along which the function bends up says nothing of a maximum.
    let size = (inner(move, move) * inner(fall, fall)).squareRoot()
    guard product > 1e-12 * size else { return }
    steps.append((move, fall, product))
    if steps.count > limit { steps.removeFirst() }
  }

  /// The inverse of the learned curvature, times a gradient (the two loops of algorithm 7.4).
  func direction(_ gradient: [Double]) -> [Double] {
    guard let last = steps.last else { return gradient }
    var result = gradient
    var shares: [Double] = []
    for step in steps.reversed() {
      let share = inner(step.move, result) / step.product
      for i in result.indices { result[i] -= share * step.fall[i] }
      shares.append(share)
    }
    let scale = last.product / inner(last.fall, last.fall)
    for i in result.indices { result[i] *= scale }
    for (step, share) in zip(steps, shares.reversed()) {
      let other = inner(step.fall, result) / step.product
      for i in result.indices { result[i] += (share - other) * step.move[i] }
    }
    return result
  }
}

/// How far to go in a direction: until the function has risen by a fair part of what its slope
/// promised, and the slope has fallen.
private struct LineSearch {
  let origin: QuasiNewton.Point
  let direction: [Double]
  let slope: Double

  private static let (rise, flatness) = (1e-4, 0.9)

  private struct Probe {
    var length: Double
    var point: QuasiNewton.Point?
    var slope: Double
    var value: Double { point?.value ?? -.infinity }
  }

  /// - Returns: A place that meets both conditions; the highest one that was seen where none was found.
  func run(
    first: Double, _ point: ([Double]) throws -> QuasiNewton.Point?
  ) throws -> QuasiNewton.Point? {
    func probe(_ length: Double) throws -> Probe {
      let place = zip(origin.coordinates, direction).map { $0 + length * $1 }
      let found = try point(place)
      return Probe(
        length: length, point: found, slope: found.map { inner($0.gradient, direction) } ?? 0)
    }
    func isTooLow(_ probe: Probe) -> Bool {
      probe.value < origin.value + Self.rise * probe.length * slope
    }
    var last = Probe(length: 0, point: origin, slope: slope)
    var length = first
    for count in 0..<60 {
      let next = try probe(length)
      if isTooLow(next) || count > 0 && next.value <= last.value {
        return try zoom(between: last, and: next, isTooLow, probe)
      }
      if abs(next.slope) <= Self.flatness * slope { return next.point }
      if next.slope <= 0 { return try zoom(between: next, and: last, isTooLow, probe) }
      last = next
      length *= 2
    }
    return last.point
  }

  /// - Parameters:
  ///   - low: The end that has risen enough, and higher than the other.
  ///   - high: The other end.
  private func zoom(
    between low: Probe, and high: Probe, _ isTooLow: (Probe) -> Bool,
    _ probe: (Double) throws -> Probe
  ) throws -> QuasiNewton.Point? {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let next = try probe(length(between: low, and: high))
      if isTooLow(next) || next.value <= low.value {
        high = next
      } else {
        if abs(next.slope) <= Self.flatness * slope { return next.point }
        if next.slope * (high.length - low.length) <= 0 { high = low }
        low = next
      }
      if abs(high.length - low.length) <= 1e-14 * max(low.length, high.length) { break }
    }
    return low.length > 0 ? low.point : nil
  }

  /// The top of the parabola with the value and slope of one end and the value of the other, kept away
  /// from both; the middle where the function is not defined at the other.
  private func length(between low: Probe, and high: Probe) -> Double {
    let width = high.length - low.length
    let bend = high.value - low.value - low.slope * width
    guard high.point != nil, bend < 0 else { return low.length + 0.5 * width }
    let share = -low.slope * width / (2 * bend)
    return low.length + min(max(share, 0.1), 0.9) * width
  }
}
