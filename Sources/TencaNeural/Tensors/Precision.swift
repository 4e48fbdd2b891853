/// The floating-point type of a tensor.
public enum Precision: String, Sendable, Hashable, Codable {
  /// 32 bits: what networks are trained in.
  case single
  /// 64 bits: what gradients are checked in.
  case double

  /// The size of one number in bytes.
  var size: Int { self == .single ? 4 : 8 }

  /// How kernels are told the type.
  var flag: Int32 { self == .single ? 0 : 1 }
}
