import TencaFormats
import TencaNumerics

/// A picture of noise in red, green and blue.
func noisePicture(width: Int, height: Int, seed: UInt64) -> Picture {
  var random = RandomStream(seed: seed)
  return Picture(
    width: width, height: height, layout: .rgb,
    samples: (0..<3 * width * height).map { _ in UInt8(random.integer(below: 256)) })
}

/// Colours by their places in a picture, with normal noise of a standard deviation of 4.
func noisyPicture(
  width: Int, height: Int, seed: UInt64 = 1, _ color: (_ x: Int, _ y: Int) -> [Double]
) -> Picture {
  var random = RandomStream(seed: seed)
  var samples: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      samples += color(x, y).map { UInt8(min(max($0 + 4 * random.normal(), 0), 255).rounded()) }
    }
  }
  return Picture(width: width, height: height, layout: .rgb, samples: samples)
}
