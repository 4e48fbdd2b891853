@testable import TencaPlot

/// The pairs of texts whose boxes overlap.
func overlaps(_ texts: [PlacedText]) -> [(String, String)] {
  var result: [(String, String)] = []
  let tops = texts.map { text in text.corners.map(\.y).min() ?? 0 }
  let bottoms = texts.map { text in text.corners.map(\.y).max() ?? 0 }
  for i in texts.indices {
    for j in 0..<i
    where tops[i] < bottoms[j] && tops[j] < bottoms[i]
      && overlap(texts[i].corners, texts[j].corners)
    {
      result.append((texts[j].string, texts[i].string))
    }
  }
  return result
}

/// Whether two rectangles, turned or not, share more than a tenth of a point: unless some side of
/// one has the other wholly on its far side.
private func overlap(_ a: [Point], _ b: [Point]) -> Bool {
  func separates(_ a: [Point], _ b: [Point]) -> Bool {
    a.indices.contains { i in
      let (p, q) = (a[i], a[(i + 1) % a.count])
      let (nx, ny) = (q.y - p.y, p.x - q.x)
      let length = (nx * nx + ny * ny).squareRoot()
      guard length > 0 else { return false }
      return b.allSatisfy { ((($0.x - p.x) * nx) + (($0.y - p.y) * ny)) / length > -0.1 }
    }
  }
  return !separates(a, b) && !separates(b, a)
}
