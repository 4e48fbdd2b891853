/// How a hidden Markov model is fitted.
public struct HiddenMarkovOptions: Sendable, Equatable {
  /// What each iteration goes by.
  public enum Training: String, Sendable, Equatable, Codable, CaseIterable {
    /// The probabilities of all paths (L. Baum and others, 1970): the likelihood rises.
    case baumWelch
    /// The most probable path alone: faster to settle, and the probability of that path rises.
    case viterbi
  }

  /// What may be learned of the initial distribution or of the transition matrix.
  public enum Freedom: String, Sendable, Equatable, Codable, CaseIterable {
    /// Everything that is not zero at the start.
    case free
    /// Nothing: it stays as it is at the start.
    case fixed
    /// For the initial distribution: it is the one that the transitions keep, as if sequences had
    /// begun long before they are seen.
    case stationary
  }

  /// What each iteration goes by.
  public var training: Training
  /// The initial distribution.
  public var initial: Freedom
  /// The transition matrix, free or fixed.
  public var transition: Freedom
  /// Whether the emission stays as it is.
  public var fixesEmission: Bool
  /// The chain to start from; its zeros stay zero. Nil starts from the steps between clusters, all
  /// of them possible.
  public var chain: MarkovChain?
  /// Whether the emission is where learning begins; otherwise only what it is, not its parameters,
  /// counts, and it starts from clusters or at random.
  public var startsFromEmission: Bool
  /// The states that are known, one a row; nil where a row's is not. A known state is never
  /// another, and states keep their order then.
  public var knownStates: [Int?]?
  /// Added to the count of every step that is possible, a Dirichlet prior of this much above one.
  /// 0 is none: maximum likelihood.
  public var transitionPseudocount: Double
  /// The same for first states.
  public var initialPseudocount: Double
  /// The most iterations from one start.
  public var iterations: Int
  /// Stops when the mean log-likelihood of a row rises by less than this, in nats, and is expected
  /// to rise by less in all iterations to come together. 10⁻⁷ as in mixtures: a thousand rows
  /// together are then within 10⁻⁴ nats of the top.
  public var tolerance: Double
  /// How many starts are tried; the best is followed to the end. 5, as likelihoods have several
  /// tops. A start without chance is tried once.
  public var restarts: Int
  /// The same seed gives the same model.
  public var seed: UInt64
  /// Whether states are put in order of their means at the end; never where `chain` or known states
  /// give them an order, nor where the emission is the start.
  public var ordersStates: Bool

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    training: Training = .baumWelch, initial: Freedom = .free, transition: Freedom = .free,
    fixesEmission: Bool = false, chain: MarkovChain? = nil, startsFromEmission: Bool = false,
    knownStates: [Int?]? = nil, transitionPseudocount: Double = 0, initialPseudocount: Double = 0,
    iterations: Int = 1000, tolerance: Double = 1e-7, restarts: Int = 5, seed: UInt64 = 0,
    ordersStates: Bool = true
  ) {
    self.training = training
    self.initial = initial
    self.transition = transition
    self.fixesEmission = fixesEmission
    self.chain = chain
    self.startsFromEmission = startsFromEmission
    self.knownStates = knownStates
    self.transitionPseudocount = transitionPseudocount
    self.initialPseudocount = initialPseudocount
    self.iterations = iterations
    self.tolerance = tolerance
    self.restarts = restarts
    self.seed = seed
    self.ordersStates = ordersStates
  }

  /// Whether nothing but their means gives states an order.
  var ordersByMean: Bool {
    ordersStates && chain == nil && knownStates == nil && !startsFromEmission
  }

  /// The options for a model whose states were put in another order: state `order[k]` became state k.
  func reordered(_ order: [Int]) -> HiddenMarkovOptions {
    var options = self
    options.knownStates = knownStates?.map { known in known.flatMap { order.firstIndex(of: $0) } }
    return options
  }

  func validate(rows: Int, states: Int) throws {
    try MarkovError.require(iterations >= 0, "iterations", iterations, "0 or more")
    try MarkovError.require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    try MarkovError.require(restarts >= 1, "restarts", restarts, "at least 1")
    try MarkovError.require(
      transition != .stationary, "transition", "stationary", "free or fixed")
    for (name, count) in [
      ("transitionPseudocount", transitionPseudocount), ("initialPseudocount", initialPseudocount),
    ] {
      try MarkovError.require(count >= 0 && count.isFinite, name, count, "0 or more, and finite")
    }
    try MarkovError.require(
      chain?.stateCount ?? states == states, "chain", "of \(chain?.stateCount ?? 0) states",
      "of \(states) states")
    try MarkovError.require(
      chain?.transition.varies != true || transition == .fixed, "transition", "free",
      "fixed where the matrix varies from frame to frame")
    try MarkovError.require(
      states <= rows, "states", states, "at most \(rows), the number of rows")
    if let knownStates {
      try MarkovError.require(
        knownStates.count == rows, "knownStates", "\(knownStates.count) entries",
        "one for each of \(rows) rows")
      if let bad = knownStates.firstIndex(where: { $0.map { $0 < 0 || $0 >= states } ?? false }) {
        throw MarkovError.invalidOption(
          name: "knownStates", value: "\(knownStates[bad]!) at row \(bad)",
          limit: "from 0 to \(states - 1)")
      }
    }
  }
}
