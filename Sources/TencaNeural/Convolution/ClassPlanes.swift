extension Tensor {
  /// Planes of classes: ones in that of a picture's own class, zeros in the others; a constant.
  ///
  /// - Parameter labels: One class a picture, below `classes`.
  /// - Returns: images × height × width × classes.
  /// - Complexity: O(count of the result).
  public static func planes(
    of labels: [Int], classes: Int, height: Int, width: Int, precision: Precision = .single
  ) -> Tensor {
    oneHot(labels, classes: classes, precision: precision)
      .reshaped([labels.count, 1, 1, classes])
      .broadcast(to: [labels.count, height, width, classes])
  }

  /// The convolution of pictures beside whose channels planes of their classes stand (Mirza & Osindero
  /// 2014).
  ///
  /// Pictures of one class have the same planes, so what these add to the result is computed once a
  /// class, not once a picture.
  ///
  /// - Parameters:
  ///   - weight: out channels × (channels of the pictures, then classes) × kernel height × kernel width.
  ///   - bias: One number an out channel.
  ///   - labels: One class a picture.
  /// - Returns: images × out height × out width × out channels, as if the planes had been there.
  /// - Complexity: O(out numbers · channels · kernel) for the pictures, and for each class that occurs
  ///   what one picture with a channel a class would cost.
  public func convolved(
    by weight: Tensor, bias: Tensor?, besidePlanesOf labels: [Int],
    geometry: ConvolutionGeometry, activation: Activation = .identity
  ) -> Tensor {
    let channels = shape[3]
    let classes = weight.shape[1] - channels
    let present = Set(labels).sorted()
    let rows = Dictionary(uniqueKeysWithValues: zip(present, Int32(0)...))
    let planes = Tensor.planes(
      of: present, classes: classes, height: shape[1], width: shape[2], precision: precision)
    let shares = planes.convolved(
      by: weight.sliced(1, channels..<channels + classes), bias: bias, geometry: geometry)
    let own = convolved(by: weight.sliced(1, 0..<channels), geometry: geometry)
    return own.shifted(byRows: labels.map { rows[$0]! }, of: shares, activation: activation)
  }
}
