/// Which shapes the components of a mixture may take.
///
/// | kind | each component is | free parameters |
/// |---|---|---|
/// | spherical | a ball of its own size | K |
/// | diagonal | an ellipsoid along the axes | K·D |
/// | tied | one ellipsoid, the same for all | D(D+1)/2 |
/// | full | any ellipsoid | K·D(D+1)/2 |
///
/// They are mclust's VII, VVI, EEE and VVV.
public enum CovarianceKind: String, Sendable, Equatable, Codable, CaseIterable {
  case spherical
  case diagonal
  case tied
  case full

  /// Whether columns may be correlated within a component.
  package var isCorrelated: Bool { self == .tied || self == .full }

  /// The number of free parameters in the covariances of a mixture.
  package func parameterCount(components: Int, columns: Int) -> Int {
    switch self {
    case .spherical: components
    case .diagonal: components * columns
    case .tied: columns * (columns + 1) / 2
    case .full: components * columns * (columns + 1) / 2
    }
  }
}
