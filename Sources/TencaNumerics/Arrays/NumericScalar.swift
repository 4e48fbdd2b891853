/// The two floating-point types that arrays hold: `Float` for front ends and networks, `Double` for
/// statistics.
///
/// Generic code names this protocol and stays generic; the requirements marked with an underscore
/// are the few places where the two types take different library calls.
public protocol NumericScalar: BinaryFloatingPoint, Sendable, Codable, BLASScalar, VectorMathScalar
where RawSignificand: FixedWidthInteger {}

extension Float: NumericScalar {}
extension Double: NumericScalar {}
