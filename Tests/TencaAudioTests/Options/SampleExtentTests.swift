import TencaAudio
import Testing

@Suite struct SampleExtentTests {
  @Test func readsTextAndWritesIt() {
    #expect(SampleExtent("25ms") == .milliseconds(25))
    #expect(SampleExtent("0.025s") == .milliseconds(25))
    #expect(SampleExtent("12.5ms")?.description == "12.5ms")
    #expect(SampleExtent("400") == .samples(400))
    for extent in [SampleExtent.samples(7), .milliseconds(25), .milliseconds(0.125)] {
      #expect(SampleExtent(extent.description) == extent)
    }
    for text in ["", "ms", "s", "-1ms", "0", "-400", "nanms", "infs", "1e30s", "25 ms", "4.5"] {
      #expect(SampleExtent(text) == nil, "\(text)")
    }
  }

  @Test func lengthsInSamples() {
    // int(rate · 0.001 · ms), as Kaldi cuts off.
    #expect(SampleExtent.milliseconds(25).samples(at: 22050) == 551)
    #expect(SampleExtent.milliseconds(25.6).samples(at: 8000) == 204)
    #expect(SampleExtent.samples(512).samples(at: 8000) == 512)
    #expect(SampleExtent.milliseconds(.nan).samples(at: 8000) == 0)
    #expect(SampleExtent.milliseconds(.infinity).samples(at: 8000) == 1 << 53)
    #expect(SampleExtent.milliseconds(.infinity).description == "infms")
  }

  @Test func normsOfFilters() {
    for text in ["none", "slaney", "1.0", "2.5", "inf"] {
      #expect(MelOptions.Normalization(text)?.description == text)
    }
    for text in ["", "Slaney", "0", "-1", "nan"] { #expect(MelOptions.Normalization(text) == nil) }
  }
}
