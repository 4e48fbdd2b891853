public import TencaNumerics

/// How a chain moves: entry (i, j) is the probability that state i is followed by state j.
///
/// ```swift
/// let steps = try TransitionMatrix(NDArray(rows: [[0.9, 0.1], [0.2, 0.8]]))
/// ```
///
/// Every row sums to one. Zeros are impossible steps: nothing ever goes there, in inference as in
/// learning. A matrix with few diagonals, as of left-right models, or with few entries is worked
/// on by these alone.
public struct TransitionMatrix: Sendable, Equatable {
  /// How the numbers are held.
  public enum Storage: Sendable, Equatable {
    /// states × states.
    case dense(NDArray<Double>)
    /// Only the entries that are not zero.
    case sparse(SparseMatrix)
    /// frames × states × states: matrix t leads from frame t of the data to frame t + 1. Those that
    /// would lead from one sequence to the next are there, but not used.
    case varying(NDArray<Double>)
  }

  /// The numbers.
  public let storage: Storage
  /// The number of states.
  public let stateCount: Int

  /// Makes a matrix that holds for all frames.
  ///
  /// - Parameter matrix: states × states; rows are divided by their sums, which must be 1 within
  ///   10⁻⁶.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying which entry or row is wrong, and by how
  ///   much.
  /// - Complexity: O(states²).
  public init(_ matrix: NDArray<Double>) throws {
    guard matrix.rank == 2, matrix.rows == matrix.columns, matrix.rows > 0 else {
      throw MarkovError.invalidModel(
        problem: "transition probabilities of shape \(matrix.shape), not states × states")
    }
    storage = .dense(try Self.normalized(matrix) { "row \($0) of the transition matrix" })
    stateCount = matrix.rows
  }

  /// Makes a matrix most of whose entries are zero.
  ///
  /// - Parameter matrix: states × states; as in ``init(_:)``.
  /// - Throws: As ``init(_:)``.
  /// - Complexity: O(entries).
  public init(_ matrix: SparseMatrix) throws {
    guard matrix.rows == matrix.columns, matrix.rows > 0 else {
      throw MarkovError.invalidModel(
        problem: "\(matrix.rows) × \(matrix.columns) transition probabilities, not states × states")
    }
    let rows = try (0..<matrix.rows).map { row in
      let entries = matrix.entries(ofRow: row)
      let values = try normalizedShares(
        Array(matrix.values[entries]), "row \(row) of the transition matrix")
      return zip(entries, values).map { (column: matrix.columnIndices[$0], value: $1) }
        .filter { $0.value > 0 }
    }
    storage = .sparse(SparseMatrix(columns: matrix.columns, rows: rows))
    stateCount = matrix.rows
  }

  /// Makes matrices that differ from frame to frame, as covariates or uneven spacing make them.
  ///
  /// - Parameter matrices: frames × states × states; see ``Storage/varying(_:)``. The last frame's
  ///   may be left out.
  /// - Throws: As ``init(_:)-(NDArray<Double>)``.
  /// - Complexity: O(frames · states²).
  public init(varying matrices: NDArray<Double>) throws {
    guard matrices.rank == 3, matrices.shape[1] == matrices.shape[2], matrices.shape[1] > 0 else {
      throw MarkovError.invalidModel(
        problem: "transition probabilities of shape \(matrices.shape), not frames × states × states"
      )
    }
    let states = matrices.shape[1]
    let rows = matrices.reshaped([matrices.shape[0] * states, states])
    storage = .varying(
      try Self.normalized(rows) { "row \($0 % states) of the transition matrix \($0 / states)" }
        .reshaped(matrices.shape))
    stateCount = states
  }

  /// Makes a matrix of rows that are known to sum to one.
  init(unchecked matrix: NDArray<Double>) {
    storage = .dense(matrix)
    stateCount = matrix.rows
  }

  /// Makes matrices of rows that are known to sum to one.
  init(uncheckedVarying matrices: NDArray<Double>) {
    self.init(storage: .varying(matrices), stateCount: matrices.shape[1])
  }

  /// Makes a sparse matrix of the entries above zero of one whose rows are known to sum to one.
  init(uncheckedSparse matrix: NDArray<Double>) {
    let states = matrix.rows
    let rows = (0..<states).map { row in
      (0..<states).filter { matrix[row, $0] > 0 }.map { (column: $0, value: matrix[row, $0]) }
    }
    self.init(
      storage: .sparse(SparseMatrix(columns: states, rows: rows)), stateCount: states)
  }

  /// Another matrix of rows that sum to one, held in the same way.
  func replacing(_ matrix: NDArray<Double>) -> TransitionMatrix {
    guard case .sparse = storage else { return TransitionMatrix(unchecked: matrix) }
    return TransitionMatrix(uncheckedSparse: matrix)
  }

  private static func normalized(
    _ rows: NDArray<Double>, _ place: (Int) -> String
  ) throws -> NDArray<Double> {
    let width = rows.columns
    var result = rows
    try result.withUnsafeMutableBuffer { target in
      for row in 0..<rows.rows {
        let slice = row * width..<(row + 1) * width
        let shares = try normalizedShares(Array(target[slice]), place(row))
        for (index, share) in zip(slice, shares) { target[index] = share }
      }
    }
    return result
  }

  /// A matrix in which each state stays, or moves on to one of the `reach` next ones, all equally
  /// likely at first; the last state stays. The usual start of a left-right model.
  ///
  /// - Parameters:
  ///   - stateCount: At least 1.
  ///   - reach: How far one step may lead, at least 1; 2 lets a state be skipped.
  public static func leftRight(_ stateCount: Int, reach: Int = 1) -> TransitionMatrix {
    precondition(stateCount >= 1 && reach >= 1, "\(stateCount) states, reach \(reach)")
    var matrix = NDArray<Double>(zeros: [stateCount, stateCount])
    for state in 0..<stateCount {
      let next = state...min(state + reach, stateCount - 1)
      for target in next { matrix[state, target] = 1 / Double(next.count) }
    }
    return TransitionMatrix(unchecked: matrix)
  }

  /// The whole matrix, states × states.
  ///
  /// - Precondition: It does not vary.
  /// - Complexity: O(states²) where it is sparse.
  public var matrix: NDArray<Double> {
    switch storage {
    case .dense(let matrix): return matrix
    case .sparse(let sparse):
      var matrix = NDArray<Double>(zeros: [stateCount, stateCount])
      for row in 0..<stateCount {
        for entry in sparse.entries(ofRow: row) {
          matrix[row, sparse.columnIndices[entry]] = sparse.values[entry]
        }
      }
      return matrix
    case .varying: preconditionFailure("the one matrix of a chain whose matrix varies")
    }
  }

  /// The matrix that leads from one frame to the next.
  package func matrix(from frame: Int) -> NDArray<Double> {
    if case .varying(let matrices) = storage { return matrices.row(frame) }
    return matrix
  }

  /// The matrix that leads on from the last frame.
  package var lastMatrix: NDArray<Double> {
    if case .varying(let matrices) = storage { return matrices.row(matrices.rows - 1) }
    return matrix
  }

  /// Whether the matrix is another one from frame to frame.
  public var varies: Bool {
    if case .varying = storage { return true }
    return false
  }

  /// - Throws: ``MarkovError/invalidModel(problem:)`` where matrices vary and are too few.
  func requireFrames(_ count: Int) throws {
    guard case .varying(let matrices) = storage, matrices.rows < count - 1 else { return }
    throw MarkovError.invalidModel(
      problem: "\(matrices.rows) transition matrices for \(count) frames")
  }

  /// The matrix with the states in another order: state `order[k]` becomes state k.
  func reordered(_ order: [Int]) -> TransitionMatrix {
    switch storage {
    case .dense, .sparse:
      let old = matrix
      let new = NDArray(
        order.flatMap { i in order.map { old[i, $0] } }, shape: [stateCount, stateCount])
      if case .dense = storage { return TransitionMatrix(unchecked: new) }
      return TransitionMatrix(uncheckedSparse: new)
    case .varying(let matrices):
      let moved = (0..<matrices.rows).flatMap { frame in
        order.flatMap { i in order.map { matrices[[frame, i, $0]] } }
      }
      return TransitionMatrix(
        storage: .varying(NDArray(moved, shape: matrices.shape)), stateCount: stateCount)
    }
  }

  private init(storage: Storage, stateCount: Int) {
    self.storage = storage
    self.stateCount = stateCount
  }
}

/// Probabilities divided by their sum.
///
/// - Throws: ``MarkovError/invalidModel(problem:)`` unless none is negative and they sum to 1 within
///   10⁻⁶.
func normalizedShares(_ shares: [Double], _ place: String) throws -> [Double] {
  for (index, share) in shares.enumerated() where !(share >= 0 && share <= 1 + 1e-6) {
    throw MarkovError.invalidModel(
      problem: "\(place) holds \(share) at position \(index), which is no probability")
  }
  let sum = shares.reduce(0, +)
  guard abs(sum - 1) <= 1e-6 else {
    throw MarkovError.invalidModel(
      problem: "\(place) sums to \(sum), \(abs(sum - 1)) \(sum > 1 ? "more" : "less") than 1")
  }
  // What rounding alone has left is as good as one, and a model that was saved comes back to the bit.
  if abs(sum - 1) <= Double(shares.count) * .ulpOfOne { return shares }
  return shares.map { $0 / sum }
}
