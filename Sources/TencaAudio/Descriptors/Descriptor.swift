/// A figure that describes how a sound sounds at one moment, without a model of it.
public enum Descriptor: String, Sendable, Codable, CaseIterable {
  /// The mean frequency of the magnitude spectrum, in hertz: how bright a sound is.
  case centroid
  /// The spread of the magnitude spectrum around the centroid, in hertz.
  case bandwidth
  /// The frequency below which a share of the magnitudes lies, in hertz.
  case rolloff
  /// The geometric over the arithmetic mean of the power spectrum: near 1 for noise, near 0 for
  /// tones.
  case flatness
  /// The share of neighbouring samples of different sign.
  case zeroCrossingRate = "zcr"
  /// The root of the mean square of the samples.
  case rms
  /// Peaks over valleys in each octave, in decibels (Jiang et al. 2002): one column an octave.
  case contrast
  /// The mean rise of all mel bands since the frame before, in decibels (Böck and Widmer 2013
  /// without the maximum filter): high where something begins.
  case onset
  /// The strength of each pitch class, the greatest of a frame 1: 12 columns.
  case chroma
  /// Where the chroma lie on circles of fifths, minor and major thirds (Harte, Sandler and Gasser
  /// 2006): 6 columns.
  case tonnetz

  /// A list of names separated by commas; nil where one names no descriptor or stands twice.
  public static func list(_ text: String) -> [Descriptor]? {
    let names = text.split(separator: ",", omittingEmptySubsequences: false)
    let found = names.compactMap { Descriptor(rawValue: String($0)) }
    return found.count == names.count && Set(found).count == found.count ? found : nil
  }
}
