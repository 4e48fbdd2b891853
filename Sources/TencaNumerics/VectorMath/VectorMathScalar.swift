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
  /// C ← A·B, row-major without gaps, for matrices of which one side is short; A is stored
  /// transposed where `transposeA` says so. A cell of C does not depend on how many others there
  /// are, which BLAS does not promise.
  static func _slimProduct(
    transposeA: Bool, m: Int, n: Int, k: Int, a: UnsafePointer<Self>, b: UnsafePointer<Self>,
    c: UnsafeMutablePointer<Self>)
  /// target[i] ← source[i].
  static func _widen(
    _ source: UnsafePointer<Self>, _ target: UnsafeMutablePointer<Double>, _ n: Int)
  /// Writes `count` rows, their squares and a 1, so that each takes 2·columns + 1 numbers.
  static func _powers(
    _ rows: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Self>, count: Int, columns: Int)
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

  public static func _slimProduct(
    transposeA: Bool, m: Int, n: Int, k: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
  ) {
    if transposeA {
      tenca_slim_transposed_product_float(a, b, c, m, n, k)
    } else {
      tenca_slim_product_float(a, b, c, m, n, k)
    }
  }

  public static func _widen(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    tenca_widen(source, target, n)
  }

  public static func _powers(
    _ rows: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Float>, count: Int, columns: Int
  ) {
    tenca_powers_float(rows, target, count, columns)
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

  public static func _slimProduct(
    transposeA: Bool, m: Int, n: Int, k: Int, a: UnsafePointer<Double>, b: UnsafePointer<Double>,
    c: UnsafeMutablePointer<Double>
  ) {
    if transposeA {
      tenca_slim_transposed_product_double(a, b, c, m, n, k)
    } else {
      tenca_slim_product_double(a, b, c, m, n, k)
    }
  }

  public static func _widen(
    _ source: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, _ n: Int
  ) {
    target.update(from: source, count: n)
  }

  public static func _powers(
    _ rows: UnsafePointer<Double>, _ target: UnsafeMutablePointer<Double>, count: Int, columns: Int
  ) {
    tenca_powers_double(rows, target, count, columns)
  }
}
