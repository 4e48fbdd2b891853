import CSndfile
import Testing

/// Writes any format that libsndfile knows, at full scale ±1.
///
/// - Parameter samples: Interleaved.
func encode(
  _ samples: [Float], to path: String, format: Int, rate: Int = 16000, channels: Int = 1
) throws {
  var info = SF_INFO()
  info.samplerate = Int32(rate)
  info.channels = Int32(channels)
  info.format = Int32(format)
  let file = try #require(sf_open(path, Int32(SFM_WRITE), &info), "no encoder")
  #expect(sf_writef_float(file, samples, sf_count_t(samples.count / channels)) > 0)
  sf_close(file)
}

/// Whether this machine's libsndfile writes a format.
func canEncode(_ format: Int) -> Bool {
  var info = SF_INFO()
  info.samplerate = 16000
  info.channels = 1
  info.format = Int32(format)
  return sf_format_check(&info) != 0
}
