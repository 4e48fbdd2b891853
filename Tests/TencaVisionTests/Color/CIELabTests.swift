import TencaVision
import Testing

@Suite struct CIELabTests {
  /// The corners of the sRGB cube as B. Lindbloom's CIE colour calculator gives them for D65 (the
  /// primaries), and `skimage.color.rgb2lab` 0.26.0 (the others, within its coarser white point).
  @Test(
    arguments: [
      ([255, 0, 0], [53.2408, 80.0925, 67.2032], 1e-3),
      ([0, 255, 0], [87.7347, -86.1827, 83.1793], 1e-3),
      ([0, 0, 255], [32.2970, 79.1875, -107.8602], 1e-3),
      ([255, 255, 0], [97.1395, -21.5547, 94.4781], 6e-3),
      ([0, 255, 255], [91.1133, -48.0906, -14.1263], 6e-3),
      ([255, 0, 255], [60.3235, 98.2331, -60.8210], 6e-3),
      ([210, 105, 30], [55.9900, 37.0521, 56.7411], 6e-3),
      ([64, 224, 208], [81.2645, -44.0843, -4.0242], 6e-3),
      ([1, 2, 3], [0.5098, -0.1225, -0.4705], 6e-3),
    ] as [([UInt8], [Float], Float)])
  func matchesPublishedValues(rgb: [UInt8], lab: [Float], tolerance: Float) {
    let color = CIELab(red: rgb[0], green: rgb[1], blue: rgb[2])
    for (value, expected) in zip([color.lightness, color.a, color.b], lab) {
      #expect(abs(value - expected) < tolerance)
    }
  }

  @Test func greysHaveNoColorAndRise() {
    let greys = (0...255).map { CIELab(red: UInt8($0), green: UInt8($0), blue: UInt8($0)) }
    #expect(greys.allSatisfy { $0.a == 0 && $0.b == 0 })
    #expect(zip(greys, greys.dropFirst()).allSatisfy { $0.lightness < $1.lightness })
    #expect(greys[0].lightness == 0)
    #expect(abs(greys[255].lightness - 100) < 1e-4)
    #expect(abs(greys[119].lightness - 50.0344) < 1e-3)  // the middle grey of skimage
  }
}
