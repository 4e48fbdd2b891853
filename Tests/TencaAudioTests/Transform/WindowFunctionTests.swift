import TencaAudio
import Testing

@Suite struct WindowFunctionTests {
  // scipy.signal.get_window(NAME, 8, fftbins=True) and (NAME, 7, fftbins=False), SciPy 1.17.
  private static let scipy: [(WindowFunction, periodic: [Float], symmetric: [Float])] = [
    (
      .hann, [0, 0.1464466, 0.5, 0.8535534, 1, 0.8535534, 0.5, 0.1464466],
      [0, 0.25, 0.75, 1, 0.75, 0.25, 0]
    ),
    (
      .hamming, [0.08, 0.2147309, 0.54, 0.8652691, 1, 0.8652691, 0.54, 0.2147309],
      [0.08, 0.31, 0.77, 1, 0.77, 0.31, 0.08]
    ),
    (
      .blackman, [0, 0.06644661, 0.34, 0.7735534, 1, 0.7735534, 0.34, 0.06644661],
      [0, 0.13, 0.63, 1, 0.63, 0.13, 0]
    ),
  ]

  @Test(arguments: 0..<3) func valuesAreThoseOfSciPy(_ index: Int) {
    let (window, periodic, symmetric) = Self.scipy[index]
    for (ours, theirs) in [
      (window.values(length: 8, periodic: true), periodic),
      (window.values(length: 7, periodic: false), symmetric),
    ] {
      #expect(ours.count == theirs.count)
      #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test(arguments: WindowFunction.allCases, [1, 2, 9, 400])
  func symmetricWindowsAreSymmetric(_ window: WindowFunction, length: Int) {
    let values = window.values(length: length, periodic: false)
    #expect(values.count == length)
    #expect(zip(values, values.reversed()).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(values.allSatisfy { $0 > -1e-7 && $0 <= 1 })
  }

  @Test(arguments: WindowFunction.allCases) func onePeriodOfManyIsPeriodic(_ window: WindowFunction)
  {
    // A periodic window is a symmetric one of one sample more, without that sample.
    let periodic = window.values(length: 10, periodic: true)
    #expect(periodic == Array(window.values(length: 11, periodic: false).dropLast()))
  }
}
