import ArgumentParser
internal import TencaNeural

/// What steadies a run.
struct SteadyingArguments: ParsableArguments {
  /// How the step size goes on after the warm-up.
  enum Course: String, CaseIterable {
    case constant, cosine
  }

  @Option(
    help: "Step sizes over the run: constant, or cosine, which ends at 0.",
    transform: { try namedValue($0, Course.self) })
  var schedule = Course.constant

  @Option(help: "Steps in which the step size rises from 0.")
  var warmUp = 0

  @Option(help: "Shorten gradients that are longer than this.")
  var clipGradients: Double?

  @Option(help: "Keep the moving average of weights with this decay, such as 0.999.")
  var average: Double?

  func validate() throws {
    if warmUp < 0 { throw ValidationError("--warm-up \(warmUp): at least 0.") }
    if let clipGradients, !(clipGradients > 0) {
      throw ValidationError("--clip-gradients \(clipGradients): above 0.")
    }
    if let average, !(0..<1).contains(average) {
      throw ValidationError("--average \(average): at least 0 and below 1.")
    }
  }

  /// The step sizes of a run of so many steps.
  ///
  /// - Throws: `NeuralError.invalidOption`.
  func schedule(_ training: TrainingArguments, _ steps: Int) throws -> LearningRateSchedule {
    try LearningRateSchedule(
      rate: training.rate, warmUp: warmUp,
      course: schedule == .cosine ? .cosine(steps: max(steps - warmUp, 1)) : .constant)
  }

  /// What must be the same when a run goes on; a cosine knows the length of the run.
  func recipe(_ steps: Int) -> String {
    let clip = clipGradients.map { "\($0)" } ?? "none"
    let average = average.map { "\($0)" } ?? "none"
    let course = schedule == .cosine ? "cosine over \(steps) steps" : "constant"
    return "\(course), warm-up \(warmUp), clip \(clip), average \(average)"
  }
}
