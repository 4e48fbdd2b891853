internal import FoundationEssentials
internal import TencaMixture
internal import TencaNumerics

extension SequenceModel {
  /// The model of parameters that somebody wrote down in JSON.
  ///
  /// ```json
  /// {
  ///   "states": ["rainy", "sunny"],
  ///   "initial": [0.6, 0.4],
  ///   "transition": [[0.7, 0.3], [0.4, 0.6]],
  ///   "emission": {
  ///     "kind": "categorical", "symbols": ["walk", "shop", "clean"],
  ///     "probabilities": [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]
  ///   }
  /// }
  /// ```
  ///
  /// Without `initial`, sequences start in the chain's stationary distribution. `columns` names the
  /// table's columns; without it they are counted, from 0. An emission has a `kind` and
  ///
  /// - `categorical`, `multinomial`: `probabilities`, states × symbols;
  /// - `gaussian`: `means`, states × columns, and `variances`, states × columns, or `covariances`,
  ///   states × columns × columns;
  /// - `poisson`: `rates`, states × columns;
  /// - `autoregressive`: `coefficients`, a list c, φ₁, …, φₚ a state, and `variances`, one a state;
  /// - any other: `parameters`, states × columns × those of the distribution in the order in which it
  ///   lists them.
  ///
  /// A list of emissions takes columns each, side by side.
  ///
  /// Steps that are not all alike have, instead of `transition`,
  ///
  /// - `rates`, states × states, in a unit of time (the diagonal does not count), and `time`, the column
  ///   of times; `gap` is the usual time from row to row, 1 without it;
  /// - `intercepts`, states × states (null for a step that never happens), `slopes`, states × states ×
  ///   covariates, and `covariates`, their columns; `covariateMeans` are their usual values, 0 without it.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying what is wrong, which row does not sum to
  ///   one, and by how much.
  public init(json: [UInt8]) throws {
    let written: Written
    do {
      written = try JSONDecoder().decode(Written.self, from: Data(json))
    } catch let error as DecodingError {
      throw MarkovError.invalidModel(problem: "the JSON text \(error.problem)")
    }
    let steps = try written.steps()
    let transition = try TransitionMatrix(
      steps?.usualMatrix() ?? array(written.matrix(), "transition"))
    let emissions = try written.emission.list.map { AnyEmission(try $0.emission()) }
    guard !emissions.isEmpty, emissions.allSatisfy({ $0.stateCount == transition.stateCount })
    else {
      throw MarkovError.invalidModel(
        problem: "emissions of \(emissions.map(\.stateCount)) states, a chain of "
          + "\(transition.stateCount)")
    }
    let initial =
      try written.initial
      ?? MarkovChain(
        initial: [Double](
          repeating: 1 / Double(transition.stateCount), count: transition.stateCount),
        transition: transition
      ).stationaryDistribution()
    let emission = AnyEmission(sideBySide: emissions)
    let columns = written.columns ?? (0..<emission.columnCount).map(String.init)
    if let steps {
      try self.init(
        initial: initial, steps: steps, emission: emission, columns: columns,
        states: written.states,
        symbols: emissions.count == 1 ? written.emission.list[0].symbols : nil)
      return
    }
    try self.init(
      HiddenMarkovModel(
        chain: MarkovChain(initial: initial, transition: transition), emission: emission),
      columns: columns, states: written.states,
      symbols: emissions.count == 1 ? written.emission.list[0].symbols : nil)
  }
}

/// The JSON text as it stands.
private struct Written: Decodable {
  var states: [String]?
  var columns: [String]?
  var initial: [Double]?
  var transition: [[Double]]?
  var rates: [[Double]]?
  var time: String?
  var gap: Double?
  var intercepts: [[Double?]]?
  var slopes: [[[Double]]]?
  var covariates: [String]?
  var covariateMeans: [Double]?
  var emission: Emissions

  func matrix() throws -> [[Double]] {
    guard let transition else {
      throw MarkovError.invalidModel(
        problem: "the JSON text has no 'transition', nor 'rates' or 'intercepts' instead")
    }
    return transition
  }

  /// Steps that are not all alike; nil where there are none.
  func steps() throws -> TableSteps? {
    let laws = [
      ("transition", transition != nil), ("rates", rates != nil),
      ("intercepts", intercepts != nil),
    ].filter(\.1).map { "'\($0.0)'" }
    guard laws.count <= 1 else {
      throw MarkovError.invalidModel(
        problem:
          "\(laws.joined(separator: " and ")) both say how states follow each other: give one")
    }
    if let rates {
      guard let time else {
        throw MarkovError.invalidModel(problem: "'rates' need 'time', the column of times")
      }
      return try TableSteps(
        .rates(TransitionRates(array(rates, "rates"))), columns: [time], usual: [gap ?? 1])
    }
    guard let intercepts else { return nil }
    guard let slopes, let covariates else {
      throw MarkovError.invalidModel(problem: "'intercepts' need 'slopes' and 'covariates'")
    }
    let states = intercepts.count
    guard slopes.count == states,
      slopes.allSatisfy({ row in
        row.count == states && row.allSatisfy { $0.count == covariates.count }
      })
    else {
      throw MarkovError.invalidModel(
        problem: "'slopes' is not \(states) × \(states) × \(covariates.count), states × states × "
          + "covariates")
    }
    let law = try LogisticTransitions(
      intercepts: array(intercepts.map { $0.map { $0 ?? -.infinity } }, "intercepts"),
      slopes: NDArray(
        slopes.flatMap { $0.flatMap(\.self) }, shape: [states, states, covariates.count]))
    return try TableSteps(
      .logistic(law), columns: covariates,
      usual: covariateMeans ?? [Double](repeating: 0, count: covariates.count))
  }

  /// One emission, or a list of them.
  struct Emissions: Decodable {
    var list: [WrittenEmission]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([WrittenEmission].self) {
        self.list = list
      } else {
        list = [try container.decode(WrittenEmission.self)]
      }
    }
  }
}

private struct WrittenEmission: Decodable {
  var kind: String
  var symbols: [String]?
  var probabilities: [[Double]]?
  var means: [[Double]]?
  var variances: Variances?
  var covariances: [[[Double]]]?
  var rates: [[Double]]?
  var coefficients: [[Double]]?
  var parameters: [[[Double]]]?

  /// One a state, or one a state and column.
  enum Variances: Decodable {
    case states([Double])
    case columns([[Double]])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Double].self) {
        self = .states(list)
      } else {
        self = .columns(try container.decode([[Double]].self))
      }
    }
  }

  func emission() throws -> any ArchivableEmission {
    switch kind {
    case "categorical":
      return try CategoricalEmission(
        probabilities: array(required(probabilities, "probabilities"), "probabilities"))
    case "multinomial":
      return try MultinomialEmission(
        probabilities: array(required(probabilities, "probabilities"), "probabilities"))
    case "gaussian": return try gaussian()
    case "autoregressive":
      guard case .states(let variances) = try required(variances, "variances") else {
        throw MarkovError.invalidModel(problem: "'variances' is not a list of one number a state")
      }
      return try AutoregressiveEmission(
        coefficients: array(required(coefficients, "coefficients"), "coefficients"),
        variances: variances)
    default: return try distributions()
    }
  }

  private func gaussian() throws -> GaussianEmission {
    let means = try array(required(means, "means"), "means")
    let covariances: Covariances
    if let full = self.covariances {
      let matrices = try full.enumerated().map { try array($1, "covariances of state \($0)") }
      guard matrices.allSatisfy({ $0.shape == [means.columns, means.columns] }) else {
        throw MarkovError.invalidModel(
          problem: "'covariances' is not states × \(means.columns) × \(means.columns)")
      }
      covariances = Covariances(
        .full,
        NDArray(
          matrices.flatMap(\.elements), shape: [matrices.count, means.columns, means.columns]))
    } else {
      switch try required(variances, "variances") {
      case .states(let list): covariances = Covariances(.spherical, NDArray(list))
      case .columns(let rows): covariances = Covariances(.diagonal, try array(rows, "variances"))
      }
    }
    do {
      return try GaussianEmission(meanVectors: means, covariances: covariances)
    } catch let error as MixtureError {
      throw MarkovError.invalidModel(problem: error.description)
    }
  }

  /// Any other kind, by way of the archive that such an emission is saved in.
  private func distributions() throws -> any ArchivableEmission {
    let lists = try rates.map { $0.map { $0.map { [$0] } } } ?? required(parameters, "parameters")
    let columns = lists.first?.count ?? 0
    let width = lists.first?.first?.count ?? 0
    guard columns > 0, width > 0,
      lists.allSatisfy({ $0.count == columns && $0.allSatisfy { $0.count == width } })
    else {
      throw MarkovError.invalidModel(
        problem: "'parameters' is not states × columns × those of the distribution")
    }
    var archive = Archive()
    archive.metadata["kind"] = kind
    archive.arrays["parameters"] = .double(
      NDArray(lists.flatMap { $0.flatMap(\.self) }, shape: [lists.count, columns, width]))
    do {
      return try AnyEmission(archive: archive, prefix: "")
    } catch MarkovError.unreadableArchive(let name, let problem) {
      throw MarkovError.invalidModel(problem: "emission: '\(name)': \(problem)")
    }
  }

  private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else {
      throw MarkovError.invalidModel(problem: "an emission of kind '\(kind)' needs '\(name)'")
    }
    return value
  }
}

/// The rows of a matrix, which must be equally long.
private func array(_ rows: [[Double]], _ name: String) throws -> NDArray<Double> {
  guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
    throw MarkovError.invalidModel(problem: "'\(name)' is not a matrix of equally long rows")
  }
  return NDArray(rows: rows)
}
