internal import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

extension Compression {
  /// The energies behind logarithms. What lies at a floor stays there; what ``offsetLog(offset:)``
  /// added is taken away again.
  ///
  /// A level relative to the loudest (``Decibels/Reference/peak``) comes back with that at 1.
  func energies(of values: NDArray<Float>) -> NDArray<Float> {
    switch self {
    case .none: return values
    case .naturalLog: return VectorMath.exp(values)
    case .offsetLog(let offset): return VectorMath.exp(values).map { max($0 - offset, 0) }
    case .decibels(let level):
      let nepersPerDecibel = Float(M_LN10 / 10)
      var reference: Float = 0
      if case .power(let power) = level.reference { reference = log(max(level.floor, power)) }
      return VectorMath.exp(values.map { $0 * nepersPerDecibel + reference })
    }
  }

  /// The greatest energy that is taken for silence: what silence has become, and a little for
  /// rounding.
  var silence: Float {
    switch self {
    case .none: 0
    case .naturalLog(let floor): floor * 1.001
    case .offsetLog(let offset): offset * 0.001
    // Beside a loudest value nobody knows what is quiet.
    case .decibels(let level): level.reference == .peak ? 0 : level.floor * 1.001
    }
  }

  /// Whether the sound's level is lost.
  var losesLevel: Bool {
    if case .decibels(let level) = self { return level.reference == .peak }
    return false
  }
}
