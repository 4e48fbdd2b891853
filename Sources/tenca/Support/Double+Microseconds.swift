extension Double {
  /// To the microsecond, as sums of steps in seconds are seldom round.
  var microseconds: Double { (self * 1e6).rounded() / 1e6 }
}
