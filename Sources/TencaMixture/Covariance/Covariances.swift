public import TencaNumerics

/// The covariances of the K components of a mixture of D columns.
public enum Covariances: Sendable, Equatable {
  /// σ², K numbers.
  case spherical(NDArray<Double>)
  /// The variance of every column, K × D.
  case diagonal(NDArray<Double>)
  /// One matrix for all components, D × D.
  case tied(NDArray<Double>)
  /// A matrix for each component, K × D × D.
  case full(NDArray<Double>)

  /// Which of the four this is.
  public var kind: CovarianceKind {
    switch self {
    case .spherical: .spherical
    case .diagonal: .diagonal
    case .tied: .tied
    case .full: .full
    }
  }

  /// The numbers of any kind.
  public var array: NDArray<Double> {
    switch self {
    case .spherical(let array), .diagonal(let array), .tied(let array), .full(let array): array
    }
  }

  /// Covariances of a kind from their numbers, in the shape that the kind has.
  public init(_ kind: CovarianceKind, _ array: NDArray<Double>) {
    switch kind {
    case .spherical: self = .spherical(array)
    case .diagonal: self = .diagonal(array)
    case .tied: self = .tied(array)
    case .full: self = .full(array)
    }
  }

  /// Covariances that are the identity for every component.
  package static func identity(_ kind: CovarianceKind, components: Int, columns: Int) -> Covariances
  {
    switch kind {
    case .spherical: .spherical(NDArray(repeating: 1, shape: [components]))
    case .diagonal: .diagonal(NDArray(repeating: 1, shape: [components, columns]))
    case .tied: .tied(.identity(columns))
    case .full:
      .full(
        .concatenated([NDArray](repeating: .identity(columns), count: components))
          .reshaped([components, columns, columns]))
    }
  }

  /// The shape that the numbers must have.
  package static func shape(_ kind: CovarianceKind, components: Int, columns: Int) -> [Int] {
    switch kind {
    case .spherical: [components]
    case .diagonal: [components, columns]
    case .tied: [columns, columns]
    case .full: [components, columns, columns]
    }
  }

  /// The variance of one column in one component.
  package func variance(component: Int, column: Int) -> Double {
    switch self {
    case .spherical(let variances): variances[component]
    case .diagonal(let variances): variances[component, column]
    case .tied(let matrix): matrix[column, column]
    case .full(let matrices): matrices[[component, column, column]]
    }
  }

  /// The covariance matrix of one component, D × D.
  package func matrix(component: Int, columns: Int) -> NDArray<Double> {
    switch self {
    case .tied(let matrix): return matrix
    case .full(let matrices): return matrices.row(component)
    case .spherical, .diagonal:
      var matrix = NDArray<Double>(zeros: [columns, columns])
      for column in 0..<columns {
        matrix[column, column] = variance(component: component, column: column)
      }
      return matrix
    }
  }

  /// Only the components whose indices are given, in that order.
  package func selecting(_ components: [Int]) -> Covariances {
    switch self {
    case .tied: self
    case .spherical(let array): .spherical(NDArray(components.map { array[$0] }))
    case .diagonal(let array): .diagonal(array.selectingRows(components))
    case .full(let array): .full(array.selectingRows(components))
    }
  }

  /// The covariances after every column is multiplied by its scale; the scales of spherical ones
  /// must be equal.
  func scaled(by scales: [Double]) -> Covariances {
    let (count, width) = (array.count, scales.count)
    let source = array.elements
    let scaled = NDArray<Double>(shape: array.shape) { target in
      for index in 0..<count {
        let (row, column) = (index / width % width, index % width)
        target[index] =
          switch self {
          case .spherical: source[index] * scales[0] * scales[0]
          case .diagonal: source[index] * scales[column] * scales[column]
          case .tied, .full: source[index] * scales[row] * scales[column]
          }
      }
    }
    return Covariances(kind, scaled)
  }

  /// The covariances after a linear change T = Tᵀ of the columns: T·Σ·T, for tied and full ones.
  func transformed(by change: NDArray<Double>) -> Covariances {
    func changed(_ matrix: NDArray<Double>) -> NDArray<Double> {
      matrixProduct(matrixProduct(change, matrix), change).symmetrized()
    }
    switch self {
    case .spherical, .diagonal:
      preconditionFailure("a linear change of \(kind.rawValue) covariances")
    case .tied(let matrix): return .tied(changed(matrix))
    case .full(let matrices):
      let parts = (0..<matrices.rows).map { changed(matrices.row($0)) }
      return .full(NDArray.concatenated(parts).reshaped(matrices.shape))
    }
  }
}

extension NDArray<Double> {
  /// Some rows, in the order given.
  func selectingRows(_ rows: [Int]) -> NDArray {
    var shape = shape
    shape[0] = rows.count
    return NDArray(rows.flatMap { row($0).elements }, shape: shape)
  }

  /// The mean of a square matrix and its transpose.
  func symmetrized() -> NDArray { (self + transposed()) * 0.5 }
}
