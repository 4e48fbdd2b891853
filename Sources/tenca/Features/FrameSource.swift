internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaPlot

/// Turns sound files into rows of numbers.
protocol FrameSource: Sendable {
  /// The rows of each channel of a sound that comes out: one, unless channels are kept apart.
  func channels(of path: String) throws -> [FeatureRows]
}

/// The rows of one channel, as blocks that can be taken once.
struct FeatureRows {
  /// What columns and rows mean; without rows.
  let layout: FeatureMatrix
  /// What the times of frames are called.
  let timeName: String
  /// What HTK calls the rows.
  let kind: HTKParameterKind
  /// Draws the rows, under the name of the sound.
  let chart: (_ rows: FeatureMatrix, _ title: String) -> any Chart
  /// Calls a receiver with each block, frames × columns.
  let forEach: (_ receive: (NDArray<Float>) throws -> Void) throws -> Void

  /// All rows at once.
  func collected() throws -> FeatureMatrix {
    var blocks = [layout.values]
    try forEach { blocks.append($0) }
    var features = layout
    features.values = NDArray.concatenated(blocks)
    return features
  }
}

extension FeatureRows {
  /// Rows that are all there.
  init(
    _ features: FeatureMatrix,
    chart: @escaping (_ rows: FeatureMatrix, _ title: String) -> any Chart
  ) {
    var layout = features
    layout.values = NDArray(zeros: [0, features.values.columns])
    self.init(
      layout: layout, timeName: "time", kind: HTKParameterKind(.user, []), chart: chart,
      forEach: { try $0(features.values) })
  }
}
