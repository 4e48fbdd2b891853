/// The looks that all charts share.
enum Style {
  static let title = TextStyle(size: 13, isBold: true)
  static let axisLabel = TextStyle(size: 11)
  static let tickLabel = TextStyle(size: 10, color: Color(hex: 0x57606A))
  static let legend = TextStyle(size: 10)

  static let axisLine = Stroke(Color(hex: 0x8C959F))
  static let gridLine = Stroke(Color(hex: 0xE7EAED))

  /// The room between a picture's edge and its chart.
  static let pageMargin = 16.0
  /// The room between a plotting area and what stands to its right.
  static let asideGap = 14.0
  static let tickLength = 4.0
  /// The room between a tick and its label.
  static let tickGap = 4.0
  /// The room between tick labels and an axis's own label.
  static let labelGap = 8.0
  static let titleGap = 10.0
  /// The least size at which text can still be read.
  static let smallestText = 6.0
}
