internal import CKernels

/// The vector kernels that a scalar type takes; see ``VectorMath`` for the names that code uses.
public protocol VectorMathScalar {
  /// target[i] ← exp(source[i]).
  static func _exp(_ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ n: Int)
  /// target[i] ← ln(source[i]).
  static func _log(_ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Self>, _ n: Int)
  /// result[r] ← ln Σ exp(row r), for `count` rows of `width` columns one after another.
  static func _logSumExpRows(
    _ rows: UnsafePointer<Self>, _ result: UnsafeMutablePointer<Self>, count: Int, width: Int)
  /// As `_logSumExpRows`, and row r ← exp(row r - result[r]).
  static func _softmaxRows(
    _ rows: UnsafeMutablePointer<Self>, _ result: UnsafeMutablePointer<Self>, count: Int,
    width: Int)
}

// The protocol documents these.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: VectorMathScalar {
  public static func _exp(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    tenca_exp_float(source, target, n)
  }

  public static func _log(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ n: Int
  ) {
    tenca_log_float(source, target, n)
  }

  public static func _logSumExpRows(
    _ rows: UnsafePointer<Float>, _ result: UnsafeMutablePointer<Float>, count: Int, width: Int
  ) {
    tenca_log_sum_exp_rows_float(rows, result, count, width)
  }

  public static func _softmaxRows(
    _ rows: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>, count: Int,
    width: Int
  ) {
    tenca_softmax_rows_float(rows, result, count, width)
  }
}

// The protocol documents these.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: VectorMathScalar {
  public static func _exp(
    _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    tenca_exp_double(source, target, n)
  }

  public static func _log(
    _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    tenca_log_double(source, target, n)
  }

  public static func _logSumExpRows(
    _ rows: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>, count: Int, width: Int
  ) {
    tenca_log_sum_exp_rows_double(rows, result, count, width)
  }

  public static func _softmaxRows(
    _ rows: UnsafeMutablePointer<Double>, _ result: UnsafeMutablePointer<Double>, count: Int,
    width: Int
  ) {
    tenca_softmax_rows_double(rows, result, count, width)
  }
}
