public import TencaNumerics

/// A linear map of frames with their neighbours: yₜ = A · [xₜ₋c; …; xₜ; …; xₜ₊c].
///
/// In the place of derivatives, which are such a map too, but one that was not learned.
public struct FrameProjection: Sendable, Equatable {
  /// How many frames on either side take part.
  public let context: Int
  /// A, outputs × ((2 · context + 1) · inputs).
  public let matrix: NDArray<Float>

  /// Makes a map of known numbers.
  ///
  /// - Throws: ``RecognitionError/badFeatures(reason:)`` where no number of inputs fits the matrix, or a
  ///   number is not finite.
  public init(context: Int, matrix: NDArray<Float>) throws {
    guard (0...1000).contains(context), matrix.rank == 2, !matrix.isEmpty,
      matrix.columns % (2 * context + 1) == 0, matrix.firstNonFinite() == nil
    else { throw RecognitionError.badFeatures(reason: "a projection of frames that is no map") }
    self.context = context
    self.matrix = matrix
  }

  /// The columns of a frame that go in: the first ones of a row, derivatives behind them are left out.
  public var inputs: Int { matrix.columns / (2 * context + 1) }
  /// The columns that come out.
  public var outputs: Int { matrix.rows }

  /// The map of all frames of a recording, whose first and last frame stand for what lies beyond.
  ///
  /// - Parameter features: frames × columns, at least ``inputs`` of them.
  /// - Returns: frames × ``outputs``.
  /// - Complexity: O(frames · matrix).
  func applied(to features: NDArray<Float>) -> NDArray<Float> {
    matrixProduct(
      Self.spliced(features, inputs: inputs, context: context), matrix.transposed())
  }

  /// Every frame with its neighbours: frames × ((2 · context + 1) · inputs).
  static func spliced(_ features: NDArray<Float>, inputs: Int, context: Int) -> NDArray<Float> {
    let (frames, width) = (features.rows, features.columns)
    return NDArray(shape: [frames, (2 * context + 1) * inputs]) { target in
      features.withUnsafeBuffer { source in
        var position = 0
        for frame in 0..<frames {
          for neighbour in frame - context...frame + context {
            let start = min(max(neighbour, 0), frames - 1) * width
            for column in 0..<inputs { target[position + column] = source[start + column] }
            position += inputs
          }
        }
      }
    }
  }
}

/// A ``FrameProjection`` of frames that come one after another: it answers as many frames later as there
/// are neighbours.
struct ProjectionStream {
  private let projection: FrameProjection
  /// The last frames, of which the first ``before`` have been answered already.
  private var kept: NDArray<Float>?
  private var before = 0

  init(_ projection: FrameProjection) { self.projection = projection }

  /// Takes in rows, any number of them, and gives the map of those whose neighbours are known.
  ///
  /// - Parameter isLast: Whether nothing follows: then all rows are answered.
  mutating func append(_ rows: NDArray<Float>, isLast: Bool = false) -> NDArray<Float> {
    let held = kept.map { NDArray.concatenated([$0, rows]) } ?? rows
    let answered = max(held.rows - (isLast ? 0 : projection.context), before)
    guard answered > before else {
      kept = held
      return NDArray(zeros: [0, projection.outputs])
    }
    let mapped = projection.applied(to: held).rows(before..<answered).contiguous()
    let first = max(answered - projection.context, 0)
    kept = held.rows(first..<held.rows).contiguous()
    before = answered - first
    return mapped
  }
}

extension Archive {
  private static let (matrixName, contextName) = ("projection.matrix", "projection.context")

  /// Adds a projection, where there is one.
  mutating func add(_ projection: FrameProjection?) {
    guard let projection else { return }
    arrays[Self.matrixName] = .float(projection.matrix)
    arrays[Self.contextName] = .double(NDArray([Double(projection.context)]))
  }

  /// Reads what was added; nil where nothing was.
  ///
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  func projection(path: String) throws -> FrameProjection? {
    guard arrays[Self.matrixName] != nil else { return nil }
    let context = try numbers(Self.contextName, path: path).elements.first ?? -1
    do {
      return try FrameProjection(
        context: Int(exactly: context) ?? -1,
        matrix: try numbers(Self.matrixName, path: path).converted())
    } catch RecognitionError.badFeatures(let reason) {
      throw RecognitionError.damagedModel(path: path, reason: reason)
    }
  }
}
