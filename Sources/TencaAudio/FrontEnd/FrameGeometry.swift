/// Where frames lie in a sound: how many there are, where each begins, and which sample stands in
/// for one beyond the ends.
struct FrameGeometry: Sendable {
  /// The samples that a frame takes from the sound.
  let span: Int
  /// The step between frames.
  let hop: Int
  /// Where frame 0 begins; negative where it reaches over the start.
  let origin: Int
  let edges: FrameEdges
  /// What stands in for samples beyond the ends.
  let boundary: Boundary

  init(edges: FrameEdges, span: Int, hop: Int) {
    self.span = span
    self.hop = hop
    self.edges = edges
    switch edges {
    case .snip: (origin, boundary) = (0, .zero)
    case .mirror: (origin, boundary) = (hop / 2 - span / 2, .symmetric)
    case .centerZero: (origin, boundary) = (-(span / 2), .zero)
    case .centerReflect: (origin, boundary) = (-(span / 2), .reflect)
    case .centerSymmetric: (origin, boundary) = (-(span / 2), .symmetric)
    case .centerEdge: (origin, boundary) = (-(span / 2), .hold)
    }
  }

  /// Where frame `index` begins.
  func start(of index: Int) -> Int { origin + index * hop }

  /// The number of frames of a sound of `length` samples.
  func frameCount(length: Int) -> Int {
    if length < minimumLength { return 0 }
    switch edges {
    case .snip: return 1 + (length - span) / hop
    case .mirror: return (length + hop / 2) / hop
    case .centerZero, .centerReflect, .centerSymmetric, .centerEdge:
      return 1 + (length + 2 * (span / 2) - span) / hop
    }
  }

  /// The least number of samples that give a frame.
  var minimumLength: Int {
    switch edges {
    case .snip: span
    case .mirror: max(hop - hop / 2, 1)
    case .centerZero, .centerReflect, .centerSymmetric, .centerEdge: 1
    }
  }

  /// The number of frames that can be made of the first `length` samples whatever follows them.
  func completeFrames(length: Int) -> Int {
    let room = length - span - origin
    if room < 0 { return 0 }
    // A frame that reaches over the start mirrors as many samples as it misses, and one more.
    if length <= -origin { return 0 }
    return room / hop + 1
  }
}
