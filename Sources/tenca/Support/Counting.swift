internal import TencaFormats

/// A number of things in words: "1 recording", "7 recordings".
func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(count) \(count == 1 ? one : many)"
}

/// A share in words, "12.3%"; "-" where there is none.
func percent(_ share: Double?) -> String {
  share.map { "\((100 * $0).formatted(decimals: 1))%" } ?? "-"
}
