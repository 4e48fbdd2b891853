internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds how much a frame's log-likelihood should count, so that probabilities mean what they say.
///
/// Summed over correlated frames, log-likelihood ratios grow so large that every verdict claims
/// certainty. One factor on all of them, chosen so that held-out recordings get the highest
/// probability for their true class, mends that (temperature scaling, Guo et al. 2017; the acoustic
/// scale of speech recognisers). It never changes which class is likeliest under uniform priors.
enum EvidenceScale {
  /// The number of parts that training recordings are dealt into.
  static let folds = 3

  /// Fits the scale on recordings held out in turn.
  ///
  /// - Returns: The scale, or nil where a class has too few recordings to hold any out.
  static func fit(
    _ set: FeatureSet, options: ClassifierOptions, execution: Execution
  ) throws -> Double? {
    let folds = CrossValidation.stratifiedFolds(
      set.recordings.map(\.label), count: Self.folds)
    let sizes = Dictionary(grouping: set.recordings, by: \.label).values.map(\.count)
    guard let smallest = sizes.min(), smallest >= Self.folds else { return nil }
    // Weighing all paths moves likelihoods little, and takes half of the time.
    var options = options
    options.hidden?.baumWelchRounds = 0
    var cases: [Case] = []
    for fold in 0..<Self.folds {
      let classifier = try Classifier.train(
        set.subset(folds.indices.filter { folds[$0] != fold }), options: options, source: "",
        calibrates: false, execution: execution)
      let held = set.subset(folds.indices.filter { folds[$0] == fold })
      cases += try execution.map(held.recordings.count) { index in
        Case(
          logLikelihoods: try classifier.logLikelihoods(held.features[index]),
          // Every class has recordings in every part, so none is unknown.
          truth: classifier.labels.firstIndex { $0 == held.recordings[index].label }!)
      }
    }
    return best(cases)
  }

  /// One held-out recording.
  struct Case: Sendable {
    let logLikelihoods: [Double]
    let truth: Int
  }

  /// The scale with the highest mean log-probability of the truth, by golden-section search on its
  /// logarithm: the objective is concave in the scale.
  static func best(_ cases: [Case]) -> Double {
    func objective(_ logScale: Double) -> Double {
      let scale = exp(logScale)
      return cases.reduce(0) { sum, one in
        let scores = one.logLikelihoods.map { $0 * scale }
        return sum + scores[one.truth] - logSum(scores)
      }
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(1e-4), log(1.0))
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftValue, rightValue) = (objective(left), objective(right))
    for _ in 0..<40 {
      if leftValue > rightValue {
        (high, right, rightValue) = (right, left, leftValue)
        left = high - ratio * (high - low)
        leftValue = objective(left)
      } else {
        (low, left, leftValue) = (left, right, rightValue)
        right = low + ratio * (high - low)
        rightValue = objective(right)
      }
    }
    return exp((low + high) / 2)
  }
}
