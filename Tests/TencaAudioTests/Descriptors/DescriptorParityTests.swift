import TencaNumerics
import Testing

@testable import TencaAudio

/// Descriptors against librosa 0.11's in double precision.
@Suite struct DescriptorParityTests {
  @Test(arguments: Goldens.cases.filter { $0.feature == .descriptors })
  func descriptorsAreThoseOfLibrosa(_ golden: GoldenCase) throws {
    let sound = try Goldens.signal(try #require(golden.signal))
    var options = golden.reading { DescriptorOptions(librosa: &$0) }
    let expected = try golden.expected
    var first = 0
    // Each by itself; all together are the same.
    for descriptor in Descriptor.allCases {
      options.descriptors = [descriptor]
      let features = try DescriptorExtractor(options, sampleRate: sound.sampleRate).extract(sound)
      let values = features.values.converted(to: Double.self)
      let columns = expected.columns(first..<(first + values.columns))
      first += values.columns
      let largest = try #require(columns.map(abs).range()).upperBound
      var worst = 0.0
      for (value, wanted) in zip(values.elements, columns.elements) {
        // Where axes of the tonnetz pass through 0, single precision leaves no digits.
        worst = max(worst, abs(value - wanted) / max(abs(wanted), 1e-2 * largest, 1e-9))
      }
      #expect(values.rows == columns.rows)
      #expect(worst < 1e-4, "\(descriptor)")
    }
    #expect(first == expected.columns)
    options.descriptors = Descriptor.allCases
    let all = try DescriptorExtractor(options, sampleRate: sound.sampleRate).extract(sound)
    #expect(all.values.shape == expected.shape)
    #expect(all.columnNames.count == first)
  }
}
