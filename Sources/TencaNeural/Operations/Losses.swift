extension Tensor {
  /// The cross-entropy of Bernoulli variables from logits, number by number:
  /// softplus(x) - x·t = -t ln σ(x) - (1 - t) ln(1 - σ(x)), without overflow.
  ///
  /// - Parameter targets: Probabilities, of the same shape; constants.
  public func binaryCrossEntropy(_ targets: Tensor) -> Tensor {
    let logits = self
    let value = withoutRecording { logits.softplus() - logits * targets }
    return value.detached().recorded(from: self) { step in
      [step.gradient * (logits.sigmoid() - targets)]
    }
  }

  /// The natural logarithm of softmax along the last axis.
  public func logSoftmax() -> Tensor {
    let centred = belowLargest()
    return centred - centred.exponential().sum(over: [-1], keepingAxes: true).logarithm()
  }

  /// Softmax along the last axis.
  public func softmax() -> Tensor {
    let powers = belowLargest().exponential()
    return powers / powers.sum(over: [-1], keepingAxes: true)
  }

  /// Every number less the largest of its row, so that no power overflows; softmax does not change.
  private func belowLargest() -> Tensor { self - detached().maximum(along: rank - 1) }

  /// The mean cross-entropy of rows of logits with the labels that are true.
  public func crossEntropy(_ labels: [Int]) -> Tensor {
    let truth = Tensor.oneHot(labels, classes: shape[1], precision: precision)
    return -(logSoftmax() * truth).sum() / Double(labels.count)
  }
}
