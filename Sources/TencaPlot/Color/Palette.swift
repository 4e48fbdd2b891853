/// Colours for groups.
public enum Palette {
  /// Colours that stay apart for people with any kind of colour vision.
  ///
  /// The set of Masataka Okabe and Kei Ito, "Color Universal Design" (2008), with the yellow, which
  /// hardly shows as a line on white, near the end.
  public static let base: [Color] = [
    Color(hex: 0x0072B2), Color(hex: 0xD55E00), Color(hex: 0x009E73), Color(hex: 0xCC79A7),
    Color(hex: 0xE69F00), Color(hex: 0x56B4E9), Color(hex: 0xF0E442), Color(hex: 0x000000),
  ]

  /// The colour of group `index`, counted from 0, where groups have no order.
  ///
  /// After the eight of ``base`` come darker ones, then lighter ones, of seven hues each; after 22
  /// groups the colours begin again.
  public static func color(_ index: Int) -> Color { colors[index % colors.count] }

  /// The colours of groups that have an order, from light to dark in equal steps of lightness.
  ///
  /// Of up to six, neighbours differ enough to be told apart in grey too.
  public static func ordered(_ count: Int) -> [Color] {
    (0..<count).map { ColorMap.weather[Double($0) / Double(max(count - 1, 1))] }
  }

  private static let colors: [Color] = {
    let hues = base.dropLast().map { OKLCh($0) }
    let variants = [-0.22, 0.16].flatMap { shift in
      hues.map { hue in
        var variant = hue
        variant.lightness = min(max(hue.lightness + shift, 0.25), 0.92)
        return variant.color
      }
    }
    return base + variants
  }()
}
