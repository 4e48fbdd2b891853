import Testing

@testable import TencaAudio

@Suite struct FrameGeometryTests {
  // numpy.pad(numpy.arange(4), 9, mode=MODE), modes edge, reflect, symmetric and wrap.
  @Test func boundariesAreThoseOfNumPy() {
    let expected: [(Boundary, [Int])] = [
      (.hold, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]),
      (.reflect, [3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0]),
      (.symmetric, [0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0, 1, 2, 3, 3]),
      (.wrap, [3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0]),
    ]
    for (boundary, sources) in expected {
      #expect((-9..<13).map { boundary.source(of: $0, count: 4) } == sources)
      #expect(boundary.source(of: -5, count: 1) == 0)
      #expect(boundary.source(of: 7, count: 1) == 0)
    }
    #expect((-2..<3).map { Boundary.zero.source(of: $0, count: 1) } == [nil, nil, 0, nil, nil])
  }

  @Test(arguments: FrameEdges.allCases) func framesAreCounted(_ edges: FrameEdges) {
    for span in 2...9 {
      for hop in 1...11 {
        let geometry = FrameGeometry(edges: edges, span: span, hop: hop)
        for length in 0...40 {
          let count = geometry.frameCount(length: length)
          #expect(count == Self.count(edges, span: span, hop: hop, length: length))
          #expect((count > 0) == (length >= geometry.minimumLength))
          // What a stream has made early, the whole sound has too.
          #expect(geometry.completeFrames(length: length) <= count)
        }
      }
    }
  }

  /// The number of frames by listing them.
  private static func count(_ edges: FrameEdges, span: Int, hop: Int, length: Int) -> Int {
    if length == 0 { return 0 }
    let starts = stride(from: 0, through: 100, by: hop)
    switch edges {
    case .snip: return starts.count { $0 + span <= length }
    // A step counts when at least its middle is there (Kaldi's NumFrames).
    case .mirror: return starts.count { $0 + hop <= length + hop / 2 }
    case .centerZero, .centerReflect, .centerSymmetric, .centerEdge:
      return starts.count { $0 + span <= length + 2 * (span / 2) }
    }
  }
}
