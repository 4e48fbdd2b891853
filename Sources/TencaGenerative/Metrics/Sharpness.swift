public import TencaNumerics

/// How sharp pictures are: the mean over pictures and channels of the variance of the Laplacian
/// (J. Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy: a comparative study", 2000).
///
/// The Laplacian is that of the four neighbours, on pixels that have all of them. Blur lowers it and
/// noise raises it, so it should come near the value of real pictures, not beyond.
///
/// - Parameter images: pictures × height × width × channels, height and width at least 3.
/// - Throws: ``GenerativeError``: `badFeatures` for another shape, `tooFewSamples` for no pictures,
///   `featureNotFinite`.
/// - Complexity: O(numbers).
public func sharpness(_ images: NDArray<Float>, set: String = "pictures") throws -> Double {
  guard images.rank == 4, images.shape[1] >= 3, images.shape[2] >= 3, images.shape[3] >= 1 else {
    throw GenerativeError.badFeatures(
      set: set, shape: images.shape,
      limit: "pictures × height × width × channels with 3 × 3 pixels or more")
  }
  guard images.rows >= 1 else {
    throw GenerativeError.tooFewSamples(set: set, count: 0, least: 1)
  }
  let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
  let size = height * width * channels
  if let position = images.firstNonFinite() {
    throw GenerativeError.featureNotFinite(
      set: set, sample: position / size, feature: position % size,
      value: "\(images.reshaped([images.count])[position])")
  }
  let row = width * channels
  let inner = Double((height - 2) * (width - 2))
  var total = 0.0
  images.withUnsafeBuffer { pixels in
    for first in 0..<images.rows * channels {
      let origin = first / channels * size + first % channels
      var (sum, squares) = (0.0, 0.0)
      for y in 1..<height - 1 {
        for x in 1..<width - 1 {
          let place = origin + y * row + x * channels
          let around =
            Double(pixels[place - row]) + Double(pixels[place + row])
            + Double(pixels[place - channels]) + Double(pixels[place + channels])
          let value = around - 4 * Double(pixels[place])
          sum += value
          squares += value * value
        }
      }
      total += squares / inner - (sum / inner) * (sum / inner)
    }
  }
  return max(0, total / Double(images.rows * channels))
}
