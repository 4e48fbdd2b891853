/// What names of columns have in common across programs and languages.
enum ColumnName {
  /// Lower-case letters and digits: "Close*" and "CLOSE" are "close".
  static func key(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static let dates: Set<String> = [
    "time", "timestamp", "day", "month", "monat", "mois", "mes", "quarter", "quartal", "year",
    "jahr", "annee", "ano", "anno", "period", "periode", "datum", "data", "fecha", "jour", "tag",
    "yyyymm", "yyyymmdd", "unix",
  ]

  /// Whether a column of this name is likely to hold dates.
  static func isLikeDates(_ name: String) -> Bool {
    let key = key(name)
    return key.contains("date") || dates.contains(key)
  }
}
