/// What the right side of a rule says: the parts of the Java Speech Grammar Format.
indirect enum JSGFExpansion: Equatable, Sendable {
  /// One word.
  case word(String)
  /// `<NULL>`: says nothing.
  case null
  /// `<VOID>`: cannot be said.
  case void
  /// Another rule, and where it was named.
  case reference(String, JSGFPlace)
  /// One after the other.
  case sequence([JSGFExpansion])
  /// One of several, with their weights; 1 where the grammar gives none.
  case alternatives([JSGFAlternative])
  /// Once or not: `[x]`.
  case optional(JSGFExpansion)
  /// Any number of times: `x*`, or at least once: `x+`.
  case repeated(JSGFExpansion, atLeastOnce: Bool)
}

/// One of several things to say, and its share.
struct JSGFAlternative: Equatable, Sendable {
  var weight: Double
  var expansion: JSGFExpansion
}

/// A place in a grammar, counted from 1.
struct JSGFPlace: Equatable, Sendable {
  var line = 1
  var column = 1
}

/// A rule of a grammar.
struct JSGFRule: Equatable, Sendable {
  var name: String
  var isPublic: Bool
  var place: JSGFPlace
  var expansion: JSGFExpansion
}
