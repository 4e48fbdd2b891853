/// Which columns of a table are observations, and in which order.
enum ColumnChoice {
  /// These.
  case named([String])
  /// All that have no other task, in the order of their names: how a file orders them tells a model
  /// nothing.
  case all
  /// Those of a model that has but numbers for them: of these names where the table has them, otherwise
  /// all as they come.
  case numbered([String])

  /// - Parameter others: The columns that have no other task, as they come.
  func columns(of others: [String]) -> [String] {
    switch self {
    case .named(let names): names
    case .all: Self.ordered(others)
    case .numbered(let names): names.allSatisfy(others.contains) ? names : others
    }
  }

  /// Those of an array without names; nil for all.
  var ofArrays: [String]? {
    if case .named(let names) = self { names } else { nil }
  }

  /// Names in order: numbers by their size, words by their letters.
  static func ordered(_ names: [String]) -> [String] {
    let numbers = names.compactMap { Int($0) }
    return names.count == numbers.count
      ? zip(numbers, names).sorted { $0 < $1 }.map(\.1) : names.sorted()
  }
}
