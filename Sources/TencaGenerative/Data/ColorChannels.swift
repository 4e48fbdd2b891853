/// Turns grey into colour and colour into grey.
enum ColorChannels {
  /// Pixels of `channels` numbers instead of those in `pixels`; nil where there is no such rule.
  ///
  /// Grey is repeated. Colour becomes the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, of the
  /// encoded values, as image libraries have it, which leaves a grey that is written as colour as it
  /// was.
  static func convert(_ pixels: [Float], from present: Int, to channels: Int) -> [Float]? {
    switch (present, channels) {
    case (channels, _): pixels
    case (1, 3): pixels.flatMap { [$0, $0, $0] }
    case (3, 1):
      stride(from: 0, to: pixels.count, by: 3).map { i in
        // Thousandths, so that the three weights sum to exactly 1.
        (299 * pixels[i] + 587 * pixels[i + 1] + 114 * pixels[i + 2]) / 1000
      }
    default: nil
    }
  }
}
