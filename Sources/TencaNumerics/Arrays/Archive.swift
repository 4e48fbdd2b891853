/// What a model turns into when it is saved, and what it is made from when it is loaded: named
/// arrays and text.
///
/// Models know archives and nothing of files; file formats know archives and nothing of models.
public struct Archive: Sendable, Equatable {
  /// The numbers, by name.
  public var arrays: [String: ArchivedArray]
  /// The words, by name: kind, format version, options as JSON.
  public var metadata: [String: String]

  /// Makes an archive.
  public init(arrays: [String: ArchivedArray] = [:], metadata: [String: String] = [:]) {
    self.arrays = arrays
    self.metadata = metadata
  }
}

/// An array of either precision.
public enum ArchivedArray: Sendable, Equatable {
  /// Single precision.
  case float(NDArray<Float>)
  /// Double precision.
  case double(NDArray<Double>)

  /// The length of each axis.
  public var shape: [Int] {
    switch self {
    case .float(let array): array.shape
    case .double(let array): array.shape
    }
  }

  /// The numbers in single precision, rounded where they were double.
  public var asFloat: NDArray<Float> {
    switch self {
    case .float(let array): array
    case .double(let array): array.converted()
    }
  }

  /// The numbers in double precision.
  public var asDouble: NDArray<Double> {
    switch self {
    case .float(let array): array.converted()
    case .double(let array): array
    }
  }
}
