internal import TencaAudio
internal import TencaNumerics
internal import TencaPlot

/// Descriptors above each other over one axis of time: frequencies in one panel, the other figures
/// in a panel each, chroma and their like as colours.
struct DescriptorPicture {
  private let features: FeatureMatrix
  private let title: String

  init(_ features: FeatureMatrix, title: String) {
    self.features = features
    self.title = title
  }

  /// The chart.
  var chart: any Chart {
    var panels: [any Panel] = []
    var heights: [Double] = []
    let frequencies = [Descriptor.centroid, .bandwidth, .rolloff].filter { columns($0) != nil }
    if !frequencies.isEmpty {
      panels.append(lines(frequencies, label: "Frequency (Hz)"))
      heights.append(1.2)
    }
    for descriptor in Descriptor.allCases where !frequencies.contains(descriptor) {
      guard let columns = columns(descriptor) else { continue }
      panels.append(
        columns.count == 1
          ? lines([descriptor], label: Self.label(descriptor)) : colors(descriptor, columns))
      heights.append(columns.count == 1 ? 0.6 : 1)
    }
    return StackedChart(titled(panels), heights: heights)
  }

  /// The first panel names the sound, the last the axis of time.
  private func titled(_ panels: [any Panel]) -> [any Panel] {
    var panels = panels
    panels[0].title = title
    panels[panels.count - 1].xAxis.label = "Time (s)"
    return panels
  }

  /// The columns of a descriptor; nil where it was not asked for.
  private func columns(_ descriptor: Descriptor) -> Range<Int>? {
    let name = descriptor.rawValue
    let places = features.columnNames.indices.filter {
      let column = features.columnNames[$0]
      return column == name || column.hasPrefix(name + " ")
    }
    guard let first = places.first, let last = places.last else { return nil }
    return first..<last + 1
  }

  private func lines(_ descriptors: [Descriptor], label: String) -> LineChart {
    let series = descriptors.compactMap { descriptor in
      columns(descriptor).map {
        Series(
          descriptor.rawValue, evenly: features.values.column($0.lowerBound),
          start: features.firstFrameTime, step: features.hopSeconds)
      }
    }
    return LineChart(series, yAxis: .linear(label))
  }

  private func colors(_ descriptor: Descriptor, _ columns: Range<Int>) -> Heatmap {
    let prefix = descriptor.rawValue + " "
    let names = features.columnNames[columns].map { String($0.dropFirst(prefix.count)) }
    let start = features.firstFrameTime - features.hopSeconds / 2
    let length = Double(features.frameCount) * features.hopSeconds
    return Heatmap(
      features.values.columns(columns), xAxis: .linear(nil), yAxis: .categories(nil, names),
      xExtent: start...start + length, valueLabel: Self.label(descriptor))
  }

  private static func label(_ descriptor: Descriptor) -> String {
    switch descriptor {
    case .centroid, .bandwidth, .rolloff: "Frequency (Hz)"
    case .flatness: "Flatness"
    case .zeroCrossingRate: "Zero crossings"
    case .rms: "RMS"
    case .contrast: "Contrast (dB)"
    case .onset: "Onset (dB)"
    case .chroma: "Chroma"
    case .tonnetz: "Tonnetz"
    }
  }
}
