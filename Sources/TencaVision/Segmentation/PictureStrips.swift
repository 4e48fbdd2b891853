internal import TencaMixture
internal import TencaNumerics

/// A picture in strips of whole lines, which threads take one by one. The strips depend on the
/// picture alone, so that results do on nothing else.
struct PictureStrips: Sendable {
  private let extractor: PixelFeatureExtractor
  private let width: Int
  private let height: Int
  private let linesPerStrip: Int

  init(_ extractor: PixelFeatureExtractor, width: Int, height: Int) {
    self.extractor = extractor
    self.width = width
    self.height = height
    // A few milliseconds of work, and features of a few megabytes.
    linesPerStrip = max(1, 32_768 / width)
  }

  private var count: Int { (height + linesPerStrip - 1) / linesPerStrip }

  private func lines(_ strip: Int) -> Range<Int> {
    strip * linesPerStrip..<min((strip + 1) * linesPerStrip, height)
  }

  /// The features of at most `size` pixels: one from each of as many equal stretches of the
  /// picture, at a random place in it.
  func sample(_ size: Int, seed: UInt64, execution: Execution) throws -> NDArray<Float> {
    let pixels = width * height
    let wanted = min(size, pixels)
    var random = RandomStream(seed: seed)
    let chosen = (0..<wanted).map { index in
      // Stretches of whole pixels, so that no pixel is drawn twice.
      let first = index * pixels / wanted
      return first + random.integer(below: (index + 1) * pixels / wanted - first)
    }
    let parts = try execution.map(count) { strip in
      let lines = lines(strip)
      let first = lines.lowerBound * width
      let own = chosen.partition(from: first, to: first + lines.count * width)
      let features = extractor.features(lines: lines)
      return NDArray<Float>(shape: [own.count, features.columns]) { target in
        features.withUnsafeBuffer { source in
          for (row, pixel) in own.enumerated() {
            for column in 0..<features.columns {
              target[row * features.columns + column] =
                source[(pixel - first) * features.columns + column]
            }
          }
        }
      }
    }
    return NDArray.concatenated(parts)
  }

  /// The likeliest component of every pixel.
  struct Assignment: Sendable {
    var labels: [UInt8] = []
    /// The probability of that component.
    var probabilities: [Float] = []
    /// The probability of each component at every pixel, 255 for certainty.
    var softMasks: [[UInt8]] = []
  }

  /// Puts every pixel where it most probably belongs.
  func assign(
    by scorer: MixtureScorer, smoothing: Int, keepsSoftMasks: Bool, execution: Execution
  ) throws -> Assignment {
    let parts = try execution.map(count) { strip in
      let lines = lines(strip)
      let shares = try responsibilities(lines, by: scorer, smoothing: smoothing)
      return Assignment(shares, keepsSoftMasks: keepsSoftMasks)
    }
    var whole = Assignment()
    whole.labels = parts.flatMap(\.labels)
    whole.probabilities = parts.flatMap(\.probabilities)
    whole.softMasks = (parts.first?.softMasks ?? []).indices.map { component in
      parts.flatMap { $0.softMasks[component] }
    }
    return whole
  }

  /// pixels × components, averaged over the window around each pixel.
  private func responsibilities(
    _ lines: Range<Int>, by scorer: MixtureScorer, smoothing: Int
  ) throws -> NDArray<Float> {
    let seen = lines.widened(by: smoothing, within: 0..<height)
    let single = try scorer.responsibilities(extractor.features(lines: seen))
    if smoothing == 0 { return single }
    let components = single.columns
    return NDArray(shape: [lines.count * width, components]) { target in
      for component in 0..<components {
        let plane = Plane(rows: seen, width: width) { values in
          single.withUnsafeBuffer { source in
            for pixel in values.indices { values[pixel] = source[pixel * components + component] }
          }
        }
        let means = plane.boxMean(rows: lines, radius: smoothing, height: height) { Double($0) }
        for pixel in means.indices { target[pixel * components + component] = Float(means[pixel]) }
      }
    }
  }
}

extension PictureStrips.Assignment {
  /// - Parameter shares: pixels × components.
  fileprivate init(_ shares: NDArray<Float>, keepsSoftMasks: Bool) {
    let (pixels, components) = (shares.rows, shares.columns)
    var labels = [UInt8](repeating: 0, count: pixels)
    var probabilities = [Float](repeating: 0, count: pixels)
    shares.withUnsafeBuffer { shares in
      for pixel in 0..<pixels {
        var (best, most) = (0, shares[pixel * components])
        for component in 1..<max(components, 1) {
          let share = shares[pixel * components + component]
          if share > most { (best, most) = (component, share) }
        }
        labels[pixel] = UInt8(best)
        probabilities[pixel] = most
      }
      if keepsSoftMasks {
        softMasks = (0..<components).map { component in
          (0..<pixels).map { pixel in
            UInt8((255 * min(max(shares[pixel * components + component], 0), 1)).rounded())
          }
        }
      }
    }
    self.labels = labels
    self.probabilities = probabilities
  }
}

extension [Int] {
  /// The numbers from `low` up to, not including, `high` of an ascending list.
  fileprivate func partition(from low: Int, to high: Int) -> ArraySlice<Int> {
    self[firstPosition(of: low)..<firstPosition(of: high)]
  }

  /// Where the first number that is not below `bound` stands.
  private func firstPosition(of bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
