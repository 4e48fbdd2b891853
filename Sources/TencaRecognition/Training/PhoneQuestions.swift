/// Questions about neighbours, found in the data: sets of phones that sound alike.
///
/// Phones are merged two by two, always those whose union loses the least likelihood under one Gaussian;
/// every set on the way is a question (as Kaldi's cluster-phones does it).
enum PhoneQuestions {
  /// - Parameter pooled: Of each phone its frames, by number.
  /// - Complexity: O(phones³ · columns).
  static func find(_ pooled: [Int: ContextStatistics], floor: Double) -> [[Int]] {
    var sets = pooled.sorted { $0.key < $1.key }.filter { $0.value.count > 0 }.map {
      (phones: [$0.key], statistics: $0.value, score: $0.value.logLikelihood(floor: floor))
    }
    var questions = sets.map(\.phones)
    while sets.count > 2 {
      var best: (gain: Double, a: Int, b: Int)?
      for a in sets.indices {
        for b in sets.indices where b > a {
          let union = ContextStatistics.pooled([sets[a].statistics, sets[b].statistics])
          let gain = union.logLikelihood(floor: floor) - sets[a].score - sets[b].score
          if gain > best?.gain ?? -.infinity { best = (gain, a, b) }
        }
      }
      guard let best else { break }
      let union = ContextStatistics.pooled([sets[best.a].statistics, sets[best.b].statistics])
      let phones = (sets[best.a].phones + sets[best.b].phones).sorted()
      sets.remove(at: best.b)
      sets[best.a] = (phones, union, union.logLikelihood(floor: floor))
      questions.append(phones)
    }
    return questions
  }
}
