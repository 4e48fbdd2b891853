internal import TencaNumerics

extension NDArray<Double> {
  /// Checks that an array holds features of samples.
  ///
  /// - Parameters:
  ///   - set: Whose features they are, for the message.
  ///   - least: The fewest samples that a measure can be taken of.
  ///   - columns: The features a sample that the other sets have.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`.
  func requireFeatures(_ set: String, atLeast least: Int = 2, columns: Int? = nil) throws {
    guard rank == 2, shape[1] > 0 else {
      throw GenerativeError.badFeatures(set: set, shape: shape, limit: "samples × features")
    }
    if let columns, columns != shape[1] {
      throw GenerativeError.badFeatures(
        set: set, shape: shape, limit: "\(columns) features a sample, as the other set has,")
    }
    guard rows >= least else {
      throw GenerativeError.tooFewSamples(set: set, count: rows, least: least)
    }
    if let position = firstNonFinite() {
      let (sample, feature) = position.quotientAndRemainder(dividingBy: shape[1])
      throw GenerativeError.featureNotFinite(
        set: set, sample: sample, feature: feature, value: "\(self[sample, feature])")
    }
  }

  /// The rows of these indices, in their order.
  ///
  /// - Precondition: The array is a matrix that has them.
  func selectingRows(_ indices: [Int]) -> NDArray {
    let chosen = SelectedRows(indices, of: self)
    // An array in memory always can be read.
    return try! chosen.block(0..<indices.count)
  }
}

/// The names of the two sets that most measures compare, as messages have them.
enum SetName {
  static let generated = "generated samples"
  static let real = "real samples"
}
