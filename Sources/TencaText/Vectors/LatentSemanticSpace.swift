public import TencaNumerics

/// A space of few dimensions in which documents lie near each other that use like words, if not
/// the same (S. Deerwester et al., "Indexing by latent semantic analysis", 1990).
public struct LatentSemanticSpace: Sendable, Equatable {
  /// The directions, dimensions × terms, orthonormal, the most important first.
  public let directions: NDArray<Double>
  /// How far the documents reach along each direction, descending.
  public let singularValues: NDArray<Double>

  /// Finds the space of some documents.
  ///
  /// - Parameters:
  ///   - vectors: documents × terms.
  ///   - dimensions: How many; at most as many as there are documents or terms.
  ///   - seed: The same seed gives the same space.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: `LinearAlgebraError`; `CancellationError`.
  /// - Complexity: See `truncatedSVD`.
  public init(
    of vectors: SparseMatrix, dimensions: Int, seed: UInt64 = 0, execution: Execution = .serial
  ) throws {
    let decomposition = try truncatedSVD(
      vectors, rank: dimensions, seed: seed, execution: execution)
    directions = decomposition.rightVectorsTransposed
    singularValues = decomposition.values
  }

  /// Where documents lie, scaled to length one, so that long and short ones, clear and vague ones
  /// are judged by their direction alone.
  ///
  /// - Parameters:
  ///   - vectors: documents × terms.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: documents × dimensions; rows of zeros where the vectors are.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(entries · dimensions).
  public func coordinates(
    of vectors: SparseMatrix, execution: Execution = .serial
  ) throws -> NDArray<Double> {
    var places = try matrixProduct(vectors, directions.transposed(), execution: execution)
    let dimensions = places.columns
    let count = places.rows
    places.withUnsafeMutableBuffer { places in
      for row in 0..<count {
        let entries = row * dimensions..<(row + 1) * dimensions
        let length = entries.reduce(0) { $0 + places[$1] * places[$1] }.squareRoot()
        if length > 0 { for entry in entries { places[entry] /= length } }
      }
    }
    return places
  }
}
