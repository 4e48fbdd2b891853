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

  init(_ options: FrameOptions, span: Int, hop: Int) {
    self.span = span
    self.hop = hop
    edges = options.edges
    switch options.edges {
    case .snip: origin = 0
    case .mirror: origin = hop / 2 - span / 2
    case .centerZero, .centerReflect, .centerSymmetric, .centerEdge: origin = -(span / 2)
    }
  }

  /// Where frame `index` begins.
  func start(of index: Int) -> Int { origin + index * hop }

  /// The number of frames of a sound of `length` samples.
  func frameCount(length: Int) -> Int {
    if length <= 0 { return 0 }
    switch edges {
    case .snip: return length < span ? 0 : 1 + (length - span) / hop
    case .mirror: return (length + hop / 2) / hop
    case .centerZero, .centerReflect, .centerSymmetric, .centerEdge:
      let padded = length + 2 * (span / 2)
      return padded < span ? 0 : 1 + (padded - span) / hop
    }
  }

  /// The sample that stands at `index` of a sound of `length` samples; nil for silence.
  func source(of index: Int, length: Int) -> Int? {
    if index >= 0 && index < length { return index }
    switch edges {
    case .snip, .centerZero: return nil
    case .centerEdge: return min(max(index, 0), length - 1)
    case .mirror, .centerSymmetric:
      // … 1 0 | 0 1 2 … n-1 | n-1 n-2 …, repeated as often as needed
      let period = 2 * length
      let phase = ((index % period) + period) % period
      return phase < length ? phase : period - 1 - phase
    case .centerReflect:
      // … 2 1 | 0 1 2 … n-1 | n-2 n-3 …
      if length == 1 { return 0 }
      let period = 2 * (length - 1)
      let phase = ((index % period) + period) % period
      return phase < length ? phase : period - phase
    }
  }
}
