import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

@Suite struct SequenceModelTests {
  private func read(_ text: String) throws -> SequenceModel {
    try SequenceModel(json: Array(text.utf8))
  }

  private let weather = """
    {"states": ["rainy", "sunny"], "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.4, 0.6]],
     "emission": {"kind": "categorical", "symbols": ["walk", "shop", "clean"],
                  "probabilities": [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]}}
    """

  @Test func parametersCanBeWrittenDown() throws {
    let model = try read(weather)
    #expect(model.states == ["rainy", "sunny"] && model.symbols == ["walk", "shop", "clean"])
    let path = try model.model.viterbi(NDArray<Double>(rows: [[0], [1], [2]]))
    #expect(path.states == [1, 0, 0])
    #expect(abs(path.logProbability - -4.309519943887134) < 1e-12)
  }

  @Test(arguments: [
    #"{"kind": "gaussian", "means": [[0, 1], [2, 3]], "variances": [[1, 1], [2, 2]]}"#,
    #"{"kind": "gaussian", "means": [[0, 1], [2, 3]], "variances": [1, 2]}"#,
    #"{"kind": "gaussian", "means": [[0], [2]], "covariances": [[[1]], [[2]]]}"#,
    #"{"kind": "poisson", "rates": [[1], [2]]}"#,
    #"{"kind": "gamma", "parameters": [[[1, 2, 0]], [[2, 2, 0.1]]]}"#,
    #"{"kind": "autoregressive", "coefficients": [[1, 0.5], [2, 0.1]], "variances": [1, 2]}"#,
    #"[{"kind": "poisson", "rates": [[1], [2]]}, {"kind": "exponential", "parameters": [[[1]], [[2]]]}]"#,
  ])
  func everyKindCanBeWrittenDown(_ emission: String) throws {
    let model = try read(#"{"transition": [[0.5, 0.5], [0.25, 0.75]], "emission": \#(emission)}"#)
    #expect(model.model.stateCount == 2)
    // Without a start, the stationary one: (1/3, 2/3).
    #expect(abs(model.model.chain.initial[0] - 1.0 / 3) < 1e-12)
    var random = RandomStream(seed: 1)
    let rows = model.model.sample(50, using: &random).rows
    #expect(try model.model.logLikelihood(of: rows).isFinite)
  }

  @Test(arguments: [
    (
      #""transition": [[0.7, 0.3], [0.4, 0.6]]"#, #""transition": [[0.7, 0.4], [0.4, 0.6]]"#,
      "row 0"
    ),
    (
      #""transition": [[0.7, 0.3], [0.4, 0.6]]"#, #""transition": [[0.7, 0.3], [-0.4, 1.4]]"#,
      "row 1"
    ),
    (#""transition": [[0.7, 0.3], [0.4, 0.6]]"#, #""transition": [[0.7, 0.3]]"#, "shape [1, 2]"),
    (
      #""transition": [[0.7, 0.3], [0.4, 0.6]]"#, #""transition": [[0.7, 0.3], [1]]"#,
      "equally long"
    ),
    ("[0.6, 0.4]", "[0.6, 0.3]", "initial"),
    (#""rainy", "sunny""#, #""rainy""#, "1 names for 2 states"),
    (#""rainy", "sunny""#, #""rainy", "rainy""#, "two states are named 'rainy'"),
    (#""shop", "clean""#, #""shop""#, "2 names for 3 symbols"),
    (#""kind": "categorical""#, #""kind": "dice""#, "dice"),
    (#""probabilities""#, #""chances""#, "needs 'probabilities'"),
    ("[[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]", "[[0.1, 0.4, 0.5]]", "[1] states"),
    (#""transition""#, #""transitions""#, "has no 'transition'"),
    (#"{"states""#, #"{states"#, "not valid JSON"),
  ])
  func whatIsWrongIsNamed(_ part: String, _ replacement: String, _ problem: String) throws {
    let text = weather.replacing(part, with: replacement)
    #expect(text != weather)
    let error = #expect(throws: MarkovError.self) { try read(text) }
    #expect("\(error!)".contains(problem), "\(error!)")
  }

  private let series: NDArray<Double> = {
    var random = RandomStream(seed: 4)
    return NDArray(
      rows: (0..<400).map { row in [(row / 50) % 2 == 0 ? random.normal() : 5 + random.normal()] })
  }()

  private func fitted(
    states names: [String]? = nil, durations: DurationDistribution.Kind? = nil,
    like: SequenceModel? = nil
  ) throws -> SequenceModel {
    try SequenceModel.fit(
      AnyEmission(GaussianEmission(states: 2, columns: 1)), durations: durations, to: series,
      lengths: [150, 250],
      columns: ["x"], states: names, source: "series.csv",
      options: HiddenMarkovOptions(restarts: 2, seed: 9), like: like)
  }

  @Test func survivesAnArchive() throws {
    let model = try fitted(states: ["low", "high"])
    let read = try SequenceModel(archive: model.archive())
    #expect(read.columns == ["x"] && read.states == ["low", "high"] && read.symbols == nil)
    #expect(read.training == model.training)
    #expect(read.model.chain == model.model.chain)
    #expect(read.model.emission.means == model.model.emission.means)
    #expect(model.training!.sequences == 2 && model.training!.rows == 400)
    #expect(model.training!.occupancies.reduce(0, +) - 400 < 1e-6)
  }

  @Test func aDamagedArchiveSaysWhatIsWrong() throws {
    let archive = try fitted().archive()
    var other = archive
    other.metadata["tenca.kind"] = "mixture"
    #expect(
      throws: MarkovError.unreadableArchive(
        name: "tenca.kind", problem: "it is 'mixture', not 'hmm'")
    ) { try SequenceModel(archive: other) }
    other = archive
    other.metadata["tenca.format"] = "99"
    #expect(throws: MarkovError.self) { try SequenceModel(archive: other) }
    other = archive
    other.metadata["tenca.hmm"] = "{}"
    #expect(throws: MarkovError.self) { try SequenceModel(archive: other) }
    other = archive
    other.arrays["model.initial"] = nil
    #expect(throws: MarkovError.self) { try SequenceModel(archive: other) }
  }

  @Test(arguments: [nil, .poisson] as [DurationDistribution.Kind?])
  func statesTakeTheOrderOfAnotherModel(durations: DurationDistribution.Kind?) throws {
    let plain = try fitted(durations: durations)
    #expect(plain.model.emission.means[0, 0] < plain.model.emission.means[1, 0])
    let reversed = try SequenceModel(fitted().model.reordered([1, 0]), columns: ["x"])
    let model = try fitted(durations: durations, like: reversed)
    let expected = plain.model.reordered([1, 0])
    #expect(model.model.chain == expected.chain)
    #expect(model.model.emission.means == expected.emission.means)
    #expect(model.durations == plain.durations?.reversed())
    #expect(model.training!.occupancies == plain.training!.occupancies.reversed())
    // And a model is like itself.
    let again = try fitted(durations: durations, like: model)
    #expect(again.model.emission.means == model.model.emission.means)
  }

  @Test func statesAreLikeThoseOfAModelWhoseColumnsStandInAnotherOrder() throws {
    let rows = NDArray<Double>(
      rows: (0..<200).map { row in
        let isHigh = row / 20 % 2 == 1
        return [isHigh ? 5 : 0, isHigh ? 0 : 5].map { $0 + 0.1 * Double(row % 7) }
      })
    func model(_ means: [[Double]], _ columns: [String]) throws -> SequenceModel {
      let emission = try GaussianEmission(
        meanVectors: NDArray(rows: means), covariances: .spherical(NDArray([1, 1])))
      return try SequenceModel(
        HiddenMarkovModel(
          chain: MarkovChain(initial: [0.5, 0.5], transition: [[0.9, 0.1], [0.1, 0.9]]),
          emission: AnyEmission(emission)), columns: columns)
    }
    let own = try model([[0, 5], [5, 0]], ["a", "b"])
    let other = try model([[5, 0], [0, 5]], ["b", "a"])
    #expect(try own.order(like: other, on: rows, lengths: [200]) == [0, 1])
    let unnamed = try model([[5, 0], [0, 5]], ["0", "1"])
    #expect(try own.order(like: unnamed, on: rows, lengths: [200]) == [1, 0])
  }
}
