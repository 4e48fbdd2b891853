public import TencaFormats
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Turns the pixels of a picture into rows of numbers, some lines at a time.
///
/// ```swift
/// let extractor = PixelFeatureExtractor(photo, features: .lab)
/// let rows = extractor.features(lines: 0..<photo.height)      // pixels × 3
/// ```
public struct PixelFeatureExtractor: Sendable {
  /// What is known of each pixel.
  public let features: PixelFeatures
  /// What the columns are.
  public let columnNames: [String]
  private let picture: Picture
  private let isGrey: Bool

  /// Makes ready to look at a picture; what is transparent in it shows white.
  public init(_ picture: Picture, features: PixelFeatures) {
    self.picture = picture.opaqueRGB
    self.features = features
    isGrey = self.picture.samples.withUnsafeBufferPointer { samples in
      stride(from: 0, to: samples.count, by: 3).allSatisfy {
        samples[$0] == samples[$0 + 1] && samples[$0] == samples[$0 + 2]
      }
    }
    columnNames = features.columnNames(isGrey: isGrey)
  }

  /// The features of the pixels in some lines of the picture.
  ///
  /// They do not depend on how a picture is divided into lines, but for the last digit of
  /// ``PixelFeatures/texture``.
  ///
  /// - Parameter lines: Which lines, within the picture.
  /// - Returns: pixels × columns, line by line from the left.
  /// - Complexity: O(pixels).
  public func features(lines: Range<Int>) -> NDArray<Float> {
    precondition(
      lines.lowerBound >= 0 && lines.upperBound <= picture.height,
      "lines \(lines) of a picture with \(picture.height)")
    let columns = columnNames.count
    let texture = features == .texture ? textureColumns(lines) : []
    return NDArray(shape: [lines.count * picture.width, columns]) { target in
      picture.samples.withUnsafeBufferPointer { samples in
        for line in lines {
          var row = target.baseAddress! + (line - lines.lowerBound) * picture.width * columns
          for x in 0..<picture.width {
            let pixel = samples.baseAddress! + 3 * (line * picture.width + x)
            write(pixel, x: x, y: line, into: row)
            row += columns
          }
        }
      }
      for (index, values) in texture.enumerated() {
        let column = columns - texture.count + index
        for pixel in values.indices { target[pixel * columns + column] = values[pixel] }
      }
    }
  }

  /// Writes what a pixel says without its surroundings.
  private func write(
    _ pixel: UnsafePointer<UInt8>, x: Int, y: Int, into row: UnsafeMutablePointer<Float>
  ) {
    let colorColumns = isGrey ? 1 : 3
    if features == .rgb {
      for channel in 0..<colorColumns { row[channel] = Float(pixel[channel]) }
      return
    }
    let color = CIELab(red: pixel[0], green: pixel[1], blue: pixel[2])
    row[0] = color.lightness
    if !isGrey {
      row[1] = color.a
      row[2] = color.b
    }
    if features == .labPosition {
      row[colorColumns] = Float(x)
      row[colorColumns + 1] = Float(y)
    }
  }

  /// Mean, deviation and gradient of the lightness around each pixel, at each scale.
  ///
  /// The last two are taken as logarithms: their ratios are what tells surfaces apart, and their
  /// distributions come closer to bells.
  private func textureColumns(_ lines: Range<Int>) -> [[Float]] {
    let height = picture.height
    let reach = PixelFeatures.textureRadii.max()!
    let windows = lines.widened(by: reach, within: 0..<height)
    let lightness = lightness(windows.widened(by: 1, within: 0..<height))
    let gradients = squaredGradient(of: lightness, lines: windows)
    return PixelFeatures.textureRadii.flatMap { radius in
      func mean(_ plane: Plane, of value: (Float) -> Double) -> [Double] {
        plane.boxMean(rows: lines, radius: radius, height: height, of: value)
      }
      let level = mean(lightness) { Double($0) }
      let square = mean(lightness) { Double($0) * Double($0) }
      let gradient = mean(gradients) { Double($0) }
      return [
        level.map { Float($0) },
        // Rounding may leave an even surface a little below zero.
        zip(level, square).map { level, square in
          Self.logarithmicLength(squared: max(square - level * level, 0))
        },
        gradient.map { Self.logarithmicLength(squared: max($0, 0)) },
      ]
    }
  }

  private static func logarithmicLength(squared: Double) -> Float {
    log1pf(Float(squared.squareRoot()))
  }

  /// L* of the pixels in some lines.
  private func lightness(_ lines: Range<Int>) -> Plane {
    let first = lines.lowerBound * picture.width
    return Plane(rows: lines, width: picture.width) { target in
      picture.samples.withUnsafeBufferPointer { samples in
        for index in target.indices {
          let pixel = 3 * (first + index)
          target[index] =
            CIELab(red: samples[pixel], green: samples[pixel + 1], blue: samples[pixel + 2])
            .lightness
        }
      }
    }
  }

  /// The squared length of the gradient, by central differences; at the edges of the picture by
  /// one-sided ones.
  private func squaredGradient(of plane: Plane, lines: Range<Int>) -> Plane {
    let (width, height) = (picture.width, picture.height)
    return Plane(rows: lines, width: width) { target in
      plane.values.withUnsafeBufferPointer { values in
        for y in lines {
          let (above, below) = (max(y - 1, 0), min(y + 1, height - 1))
          let (top, bottom) = (plane.start(of: above), plane.start(of: below))
          let middle = plane.start(of: y)
          let output = (y - lines.lowerBound) * width
          for x in 0..<width {
            let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
            let across =
              (values[middle + right] - values[middle + left]) / Float(max(right - left, 1))
            let down = (values[bottom + x] - values[top + x]) / Float(max(below - above, 1))
            target[output + x] = across * across + down * down
          }
        }
      }
    }
  }
}
