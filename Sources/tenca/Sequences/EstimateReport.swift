internal import TencaFormats
internal import TencaMarkov

/// The parameters of a model and their standard errors, by the names of its states and columns.
struct EstimateReport: Encodable {
  /// Such as `mean`.
  let parameter: String
  /// Whose it is; absent for one that all states share.
  let state: String?
  /// Of a step, the state that it leads to.
  let nextState: String?
  /// Which column's; of a slope of steps which covariate's.
  let column: String?
  /// Of a covariance, the other column.
  let otherColumn: String?
  /// Of a categorical column, which symbol's.
  let symbol: String?
  let value: Double
  /// Absent at a bound, and where the likelihood does not tell.
  let standardError: Double?

  init(_ parameter: NamedParameter, of model: SequenceModel) {
    let isOfSteps = parameter.nextState != nil
    func column(_ index: Int) -> String {
      (isOfSteps ? model.steps?.columns ?? [] : model.columns)[index]
    }
    self.parameter = parameter.name
    state = parameter.state.map { model.states[$0] }
    nextState = parameter.nextState.map { model.states[$0] }
    self.column = parameter.column.map(column)
    otherColumn = parameter.otherColumn.map(column)
    symbol = parameter.symbol.map { model.symbols?[$0] ?? "\($0)" }
    value = parameter.value
    standardError = parameter.standardError
  }

  /// A line a parameter.
  static func table(_ estimates: [EstimateReport]) -> TextTable {
    var table = TextTable([
      ("parameter", .left), ("state", .left), ("next state", .left), ("column", .left),
      ("value", .right), ("error", .right),
    ])
    for one in estimates {
      let columns = [one.column, one.otherColumn].compactMap(\.self)
      let column = columns.joined(separator: ", ") + (one.symbol.map { " = \($0)" } ?? "")
      table.add([
        one.parameter, one.state ?? "all", one.nextState ?? "", column,
        one.value.formatted(decimals: 4),
        one.standardError.map { $0.formatted(decimals: 4) } ?? "not known",
      ])
    }
    return table
  }
}
