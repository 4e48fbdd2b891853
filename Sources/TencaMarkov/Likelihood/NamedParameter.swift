/// A parameter as people name it, its value and how well that is known.
public struct NamedParameter: Sendable, Equatable, Codable {
  /// Such as `mean`.
  public var name: String
  /// Whose it is; nil for one that all states share.
  public var state: Int?
  /// Of a step, the state that it leads to.
  public var nextState: Int?
  /// Which column's, or of a slope of steps which covariate's; of a covariance the row's.
  public var column: Int?
  /// Of a covariance, the other column.
  public var otherColumn: Int?
  /// Of a categorical column, which symbol's.
  public var symbol: Int?
  /// Its value.
  public var value: Double
  /// The standard deviation that estimates from other data of the kind would have; nil where it was not
  /// asked for, or is not known: at a bound, or where the likelihood does not tell.
  public var standardError: Double?

  /// Names a parameter.
  public init(
    _ name: String, state: Int?, nextState: Int? = nil, column: Int? = nil,
    otherColumn: Int? = nil, symbol: Int? = nil, _ value: Double, standardError: Double? = nil
  ) {
    self.name = name
    self.state = state
    self.nextState = nextState
    self.column = column
    self.otherColumn = otherColumn
    self.symbol = symbol
    self.value = value
    self.standardError = standardError
  }
}
