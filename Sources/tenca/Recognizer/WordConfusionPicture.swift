internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// Which words were taken for which: those that were confused most.
enum WordConfusionPicture {
  /// At most so many words are drawn.
  private static let mostWords = 16
  /// What stands for no word.
  private static let nothing = "(none)"

  static func chart(_ evaluation: RecognizerEvaluation) -> ConfusionMatrixPlot {
    var counts: [String: [String: Int]] = [:]
    var mistakes: [String: Int] = [:]
    for sentence in evaluation.sentences {
      for step in EditAlignment(reference: sentence.reference, hypothesis: sentence.heard).steps {
        let (said, heard) = (step.reference ?? nothing, step.hypothesis ?? nothing)
        counts[said, default: [:]][heard, default: 0] += 1
        if said != heard {
          mistakes[said, default: 0] += 1
          mistakes[heard, default: 0] += 1
        }
      }
    }
    let confused = mistakes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let rest = counts.keys.filter { mistakes[$0] == nil }.sorted()
    let words = (confused + rest).prefix(mostWords).sorted()
    let rate = evaluation.errors.rate.map { "\((100 * $0).formatted(decimals: 1))%" } ?? "no"
    return ConfusionMatrixPlot(
      NDArray(rows: words.map { said in words.map { Double(counts[said]?[$0] ?? 0) } }),
      classes: words,
      title: "\(rate) word errors of \(evaluation.errors.referenceCount)")
  }
}
