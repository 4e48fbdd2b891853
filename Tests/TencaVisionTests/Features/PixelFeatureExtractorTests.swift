import TencaFormats
import TencaNumerics
import Testing

@testable import TencaVision

@Suite struct PixelFeatureExtractorTests {
  @Test func tellsColorsAndPlaces() {
    let picture = Picture(
      width: 2, height: 2, layout: .rgb,
      samples: [255, 0, 0, 0, 255, 0, 10, 20, 30, 7, 7, 7])
    let rgb = PixelFeatureExtractor(picture, features: .rgb)
    #expect(rgb.features(lines: 0..<2).elements == picture.samples.map { Float($0) })
    #expect(rgb.features(lines: 1..<2).elements == [10, 20, 30, 7, 7, 7])
    #expect(rgb.columnNames == ["red", "green", "blue"])

    let red = CIELab(red: 255, green: 0, blue: 0)
    let placed = PixelFeatureExtractor(picture, features: .labPosition).features(lines: 0..<2)
    #expect(placed.row(0).elements == [red.lightness, red.a, red.b, 0, 0])
    #expect(Array(placed.row(2).elements[3...]) == [0, 1])
    let plain = PixelFeatureExtractor(picture, features: .lab).features(lines: 0..<2)
    #expect(plain == placed.columns(0..<3).contiguous())
  }

  @Test(arguments: PixelFeatures.allCases) func greyTakesOneColumn(features: PixelFeatures) {
    let grey = Picture(width: 3, height: 1, layout: .grey, samples: [0, 119, 255])
    let extractor = PixelFeatureExtractor(grey, features: features)
    let colored = features.columnNames(isGrey: false).count
    #expect(extractor.columnNames.count == colored - 2)
    let rows = extractor.features(lines: 0..<1)
    #expect(rows.shape == [3, colored - 2])
    #expect(abs(rows[2, 0] - (features == .rgb ? 255 : 100)) < 1e-4)
  }

  @Test func transparencyShowsWhite() {
    let picture = Picture(width: 1, height: 1, layout: .rgba, samples: [9, 99, 199, 0])
    let rows = PixelFeatureExtractor(picture, features: .rgb).features(lines: 0..<1)
    #expect(rows.elements == [255])
  }

  @Test(arguments: PixelFeatures.allCases) func stripsMakeTheWhole(features: PixelFeatures) {
    let picture = noisePicture(width: 23, height: 41, seed: 8)
    let extractor = PixelFeatureExtractor(picture, features: features)
    let whole = extractor.features(lines: 0..<41)
    let strips = [0..<1, 1..<14, 14..<40, 40..<41].map { extractor.features(lines: $0) }
    let joined = NDArray.concatenated(strips)
    #expect(joined.shape == whole.shape)
    for (a, b) in zip(joined.elements, whole.elements) { #expect(abs(a - b) < 1e-4) }
  }

  @Test func textureMatchesItsDefinition() {
    let (width, height) = (25, 22)
    let picture = noisePicture(width: width, height: height, seed: 3)
    let rows = PixelFeatureExtractor(picture, features: .texture).features(lines: 0..<height)
    let lightness = (0..<height).map { y in (0..<width).map { Double(rows[y * width + $0, 0]) } }
    func at(_ y: Int, _ x: Int) -> Double {
      lightness[min(max(y, 0), height - 1)][min(max(x, 0), width - 1)]
    }
    /// Half the difference between neighbours; the whole one where the picture ends.
    func slope(_ after: Double, _ before: Double, atEdge: Bool) -> Double {
      (after - before) / (atEdge ? 1 : 2)
    }
    for (y, x) in [(0, 0), (11, 12), (21, 3), (5, 24)] {
      for (index, radius) in PixelFeatures.textureRadii.enumerated() {
        var (values, energies): ([Double], [Double]) = ([], [])
        for v in max(y - radius, 0)...min(y + radius, height - 1) {
          for u in max(x - radius, 0)...min(x + radius, width - 1) {
            let across = slope(at(v, u + 1), at(v, u - 1), atEdge: u == 0 || u == width - 1)
            let down = slope(at(v + 1, u), at(v - 1, u), atEdge: v == 0 || v == height - 1)
            values.append(at(v, u))
            energies.append(across * across + down * down)
          }
        }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let energy = energies.reduce(0, +) / count
        let found = (0..<3).map { Double(rows[y * width + x, 3 + 3 * index + $0]) }
        #expect(abs(found[0] - mean) < 1e-4)
        #expect(abs(exponential(found[1]) - 1 - variance.squareRoot()) < 1e-3)
        #expect(abs(exponential(found[2]) - 1 - energy.squareRoot()) < 1e-3)
      }
    }
  }

  /// eˣ by its series, to undo the logarithm without it.
  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1..<60 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
