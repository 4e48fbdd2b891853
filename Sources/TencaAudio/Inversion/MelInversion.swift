public import TencaNumerics

/// From the energies of mel filters back to those of Fourier bins.
///
/// A bank has fewer filters than bins, so many spectra have the same energies. Of those that come
/// nearest, ‖B x - m‖² least with x ≥ 0, this one is found from a smooth start: each bin as loud as
/// the filters over it are on average. The way from there is projected gradient descent with
/// Nesterov's momentum, restarted when it leads uphill (Beck and Teboulle 2009; O'Donoghue and Candès
/// 2015), each bin with a step of its own: BᵀB is at most the diagonal of its row sums.
///
/// librosa's `mel_to_stft` solves the same problem from the least-norm spectrum.
public struct MelInversion: Sendable {
  /// The number of filters.
  public let filters: Int
  /// The number of bins.
  public let bins: Int

  /// Frames that one thread takes at a time.
  private static let blockLength = 32
  /// Steps after which a frame is left as it is. Half a hundred is the rule.
  private static let mostSteps = 1000
  /// How small a step is the last, beside the spectrum.
  private static let tolerance: Float = 1e-5

  /// The bins of each filter, and their weights.
  private let bands: [(first: Int, weights: [Float])]
  /// One over the sum of a filter's weights; 0 for a filter without any.
  private let filterScales: [Float]
  /// One over the sum of the weights that lie on a bin; 0 where none does.
  private let binScales: [Float]
  /// Each bin's step.
  private let steps: [Float]

  /// Prepares the inversion of a bank.
  public init(_ bank: MelFilterBank) {
    filters = bank.count
    bins = bank.bins
    let weights = bank.weights
    bands = (0..<bank.count).map { filter in
      let row = weights.row(filter).elements
      guard let first = row.firstIndex(where: { $0 > 0 }),
        let last = row.lastIndex(where: { $0 > 0 })
      else { return (0, []) }
      return (first, Array(row[first...last]))
    }
    let sums = bands.map { $0.weights.reduce(0, +) }
    var onBins = [Float](repeating: 0, count: bank.bins)
    var bounds = onBins
    for (band, sum) in zip(bands, sums) {
      for (index, weight) in band.weights.enumerated() {
        onBins[band.first + index] += weight
        bounds[band.first + index] += weight * sum
      }
    }
    filterScales = sums.map { $0 > 0 ? 1 / $0 : 0 }
    binScales = onBins.map { $0 > 0 ? 1 / $0 : 0 }
    steps = bounds.map { $0 > 0 ? 1 / $0 : 0 }
  }

  /// The filters in which no bin lies: nothing reaches them, and nothing comes back from them.
  public var emptyFilters: [Int] { bands.indices.filter { bands[$0].weights.isEmpty } }

  /// The spectra of filter energies.
  ///
  /// - Parameters:
  ///   - energies: frames × filters, none negative.
  ///   - execution: How many threads, and who may stop it. The result is the same for any number.
  /// - Returns: frames × bins, none negative; 0 where no filter lies.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(frames · bins) a step.
  public func spectra(
    of energies: NDArray<Float>, execution: Execution = .serial
  ) throws -> NDArray<Float> {
    precondition(
      energies.rank == 2 && energies.columns == filters,
      "shape \(energies.shape) is not frames × \(filters)")
    let length = Self.blockLength
    let blocks = try execution.map((energies.rows + length - 1) / length) { block in
      let range = (block * length)..<min((block + 1) * length, energies.rows)
      return range.flatMap { spectrum(of: energies.row($0).elements) }
    }
    return NDArray(blocks.flatMap { $0 }, shape: [energies.rows, bins])
  }

  /// The spectrum of one frame.
  private func spectrum(of energies: [Float]) -> [Float] {
    // Of the order of 1, so that the last step is as small for quiet frames as for loud ones.
    let level = energies.max() ?? 0
    if level == 0 { return [Float](repeating: 0, count: bins) }
    let wanted = energies.map { $0 / level }
    var current = start(wanted)
    var ahead = current
    var momentum: Float = 1
    for _ in 0..<Self.mostSteps {
      let step = gradient(at: ahead, wanted)
      var (uphill, moved, size): (Float, Float, Float) = (0, 0, 0)
      let nextMomentum = (1 + (1 + 4 * momentum * momentum).squareRoot()) / 2
      let carry = (momentum - 1) / nextMomentum
      for bin in 0..<bins {
        let value = max(0, ahead[bin] - step[bin])
        let change = value - current[bin]
        uphill += (ahead[bin] - value) * change
        moved = max(moved, abs(value - ahead[bin]))
        size = max(size, value)
        ahead[bin] = value + carry * change
        current[bin] = value
      }
      momentum = nextMomentum
      if moved <= Self.tolerance * size { break }
      if uphill > 0 { (momentum, ahead) = (1, current) }
    }
    return current.map { $0 * level }
  }

  /// Each bin as loud as the filters over it are on average.
  private func start(_ wanted: [Float]) -> [Float] {
    var sums = [Float](repeating: 0, count: bins)
    for (filter, band) in bands.enumerated() {
      let density = wanted[filter] * filterScales[filter]
      for index in band.weights.indices {
        sums[band.first + index] += band.weights[index] * density
      }
    }
    return zip(sums, binScales).map { $0 * $1 }
  }

  /// Bᵀ(B x - m), each bin times its step.
  private func gradient(at spectrum: [Float], _ wanted: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: bins)
    for (filter, band) in bands.enumerated() {
      var excess = -wanted[filter]
      for index in band.weights.indices {
        excess += band.weights[index] * spectrum[band.first + index]
      }
      for index in band.weights.indices {
        result[band.first + index] += band.weights[index] * excess
      }
    }
    for bin in 0..<bins { result[bin] *= steps[bin] }
    return result
  }
}
