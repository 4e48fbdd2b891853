/// What Teager's energy operator, ψ(x)[n] = x[n]² - x[n-1]·x[n+1], is applied to (Kaiser 1990).
///
/// Of a sine of amplitude A and angular frequency ω it is A² sin² ω: the energy that a source needs to
/// make the sound, rather than the energy of the sound itself, which weighs what is high and what is
/// modulated.
public enum TeagerOperator: String, Sendable, Codable, CaseIterable {
  /// The samples of a frame, before its window: the spectrum is that of ψ, divided by full scale.
  /// Where two partials sound, it shows their difference.
  case samples
  /// The signal of each bin or filter: its mean ψ over the frame, which is its power weighed by
  /// 2 sin² ω, stands in the place of its power (Dimitriadis, Maragos and Potamianos 2005). With
  /// narrow filters and means subtracted, cepstra hardly differ from those of powers.
  case bands

  /// Words for the command line.
  public enum Help {
    /// For ``TeagerOperator``.
    public static let kind =
      "Apply Teager's energy operator: to the samples of a frame, or to what each bin or filter "
      + "lets pass (bands)."
  }
}
