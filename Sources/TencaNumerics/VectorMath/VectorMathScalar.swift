/// The vector kernels that a scalar type takes; see ``VectorMath`` for the names that code uses.
public protocol VectorMathScalar {
  /// target[i] ← exp(source[i]).
  static func _exp(_ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ n: Int)
  /// target[i] ← ln(source[i]).
  static func _log(_ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ n: Int)
}
extension Float: VectorMathScalar {
  public static func _exp(_ s: UnsafePointer<Float>, _ t: UnsafeMutablePointer<Float>, _ n: Int) {}
  public static func _log(_ s: UnsafePointer<Float>, _ t: UnsafeMutablePointer<Float>, _ n: Int) {}
}
extension Double: VectorMathScalar {
  public static func _exp(_ s: UnsafePointer<Double>, _ t: UnsafeMutablePointer<Double>, _ n: Int) {}
  public static func _log(_ s: UnsafePointer<Double>, _ t: UnsafeMutablePointer<Double>, _ n: Int) {}
}
