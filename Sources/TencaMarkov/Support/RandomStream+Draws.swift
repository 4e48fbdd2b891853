package import TencaNumerics

extension RandomStream {
  /// A gamma variable of scale 1 (G. Marsaglia, W. Tsang, 2000).
  ///
  /// - Parameter shape: Above 0.
  package mutating func gamma(shape: Double) -> Double {
    // Below 1, that of shape + 1 times a power of a uniform number.
    if shape < 1 {
      return gamma(shape: shape + 1) * exponential(logarithm(1 - uniform()) / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
      if v > 0 && logarithm(1 - uniform()) < 0.5 * x * x + d - d * v + d * logarithm(v) {
        return d * v
      }
    }
  }

  /// A Poisson variable: events in a unit of time, halved by the beta-distributed time of a middle
  /// event while many are expected (J. Ahrens, U. Dieter, 1974).
  ///
  /// - Parameter rate: 0 or more.
  mutating func poisson(_ rate: Double) -> Double {
    var (rate, count) = (rate, 0.0)
    while rate > 30 {
      let events = (0.875 * rate).rounded(.down)
      let time = gamma(shape: events)
      if time > rate { return count + binomial(events - 1, rate / time) }
      count += events
      rate -= time
    }
    let limit = exponential(-rate)
    var product = 1 - uniform()
    while product > limit {
      count += 1
      product *= 1 - uniform()
    }
    return count
  }

  /// How many of some trials succeed; many trials by way of the middle one's beta variable.
  ///
  /// - Parameters:
  ///   - trials: A whole number, 0 or more.
  ///   - probability: That of success in each.
  mutating func binomial(_ trials: Double, _ probability: Double) -> Double {
    var (trials, probability, count) = (trials, probability, 0.0)
    while trials > 20 {
      let middle = (trials / 2).rounded(.down) + 1
      let (a, b) = (gamma(shape: middle), gamma(shape: trials - middle + 1))
      let value = a / (a + b)
      if value <= probability {
        count += middle
        trials -= middle
        probability = min(max((probability - value) / (1 - value), 0), 1)
      } else {
        trials = middle - 1
        probability = min(probability / value, 1)
      }
    }
    var left = trials
    while left > 0 {
      if uniform() < probability { count += 1 }
      left -= 1
    }
    return count
  }
}
