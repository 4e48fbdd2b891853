internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics

/// A step of a diffusion's U-net on `batch` pictures of 32 × 32 pixels (Ho et al. 2020, algorithm 1):
/// noise at random steps of 1,000, its estimate, and the mean square of what the estimate misses.
func diffusionStep(_ batch: Int) -> TrainingStep {
  var random = RandomStream(seed: 0)
  var network = DiffusionUNet(&random)
  let x = Tensor(uniform: [batch, 32, 32, 1], in: -1..<1, from: &random)
  var optimizer = Optimizer(.adam(), rate: 2e-4)
  var pass = ForwardPass.training(RandomStream(seed: 1))
  let kept = sharesOfSignal()
  return {
    let steps = (0..<batch).map { _ in pass.random.integer(below: kept.count) }
    let noise = Tensor(normal: x.shape, from: &pass.random)
    let share = Tensor(steps.map { kept[$0] }, shape: [batch, 1, 1, 1])
    let noisy = share.squareRoot() * x + (1 - share).squareRoot() * noise
    let (_, slopes) = try network.lossAndGradients {
      ($0(noisy, steps: steps, &pass) - noise).squared().mean()
    }
    optimizer.update(&network, slopes)
  }
}

/// How much of a picture's variance is left after each of 1,000 steps, whose own variances rise evenly
/// from 1e-4 to 0.02 (Ho et al. 2020, section 4).
private func sharesOfSignal() -> [Double] {
  var left = 1.0
  return (0..<1000).map {
    left *= 1 - (1e-4 + (0.02 - 1e-4) * Double($0) / 999)
    return left
  }
}
