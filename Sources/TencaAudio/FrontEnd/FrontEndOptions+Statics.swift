public import TencaNumerics

extension FrontEndOptions {
  /// What this front end makes of static rows that something else computed: derivatives appended, means
  /// and variances taken out, as asked.
  ///
  /// - Parameter statics: frames × coefficients.
  /// - Returns: frames × columns.
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``, ``AudioError/tooShort(place:found:needed:unit:)``
  ///   where there are fewer frames than derivatives need.
  public func finishing(_ statics: NDArray<Float>) throws -> NDArray<Float> {
    var rows = RowBuffer(width: statics.columns)
    rows.append(rows: statics.rows) { target in
      statics.withUnsafeBuffer { target.update(from: $0.baseAddress!, count: $0.count) }
    }
    for stage in try FeatureExtractor.stages(self, width: statics.columns) {
      rows = try stage.process(rows, last: true)
    }
    return NDArray(rows.values, shape: [rows.end, rows.width])
  }
}
