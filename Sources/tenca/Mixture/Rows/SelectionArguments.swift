import ArgumentParser
internal import TencaMixture

/// Numbers to choose from: `1...10`, `3` or `2,4,8`.
struct NumberChoices: ExpressibleByArgument {
  /// The numbers, each at least 1.
  let counts: [Int]

  init?(argument: String) {
    let ends = argument.split(separator: "...", omittingEmptySubsequences: false).map { Int($0) }
    if ends.count == 2, let first = ends[0], let last = ends[1], 1...1000 ~= first,
      first...1000 ~= last
    {
      counts = Array(first...last)
      return
    }
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    counts = numbers.compactMap { $0 }.filter { $0 >= 1 }
    if counts.count != numbers.count { return nil }
  }
}

/// Kinds of covariance: `full`, `diagonal,tied` or `all`.
struct CovarianceKinds: ExpressibleByArgument {
  /// The kinds, at least one.
  let kinds: [CovarianceKind]

  static let names = CovarianceKind.allCases.map(\.rawValue).joined(separator: ", ")

  init?(argument: String) {
    if argument == "all" {
      kinds = CovarianceKind.allCases
      return
    }
    let named = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { CovarianceKind(rawValue: String($0)) }
    kinds = named.compactMap { $0 }
    if kinds.count != named.count { return nil }
  }
}

/// A criterion by its name.
enum Criterion: String, ExpressibleByArgument, CaseIterable {
  case bic, aic, icl

  var selection: SelectionCriterion {
    switch self {
    case .bic: .bic
    case .aic: .aic
    case .icl: .icl
    }
  }
}
