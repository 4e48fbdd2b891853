internal import TencaNeural

extension AdversarialGame {
  /// The discriminators as they would be after some steps against these made examples, as functions of
  /// the generator that made them (Metz et al. 2017, section 2.2, equation 10): the generator's gradient
  /// goes through those steps.
  ///
  /// - Complexity: Each step costs about four times a discriminator's ordinary step, and what it needs
  ///   stays in memory until the generator's gradient is known.
  func lookingAhead(_ real: Batch, _ fake: Batch, _ chance: inout Chance) -> [Discriminator] {
    let steps = options.remedies.unrolledSteps
    return discriminators.indices.map { index in
      var network = discriminators[index].watched()
      var optimizer = UnrolledOptimizer(discriminatorOptimizers[index])
      for _ in 0..<steps {
        let seen = Batch(chance.blurred(fake.examples), labels: fake.labels)
        let judgement = Judgement(options, &network, real: real, fake: seen, &chance)
        let slopes = gradients(
          of: judgement.total, withRespectTo: network.parameters, differentiable: true)
        optimizer.update(&network, slopes)
        if options.weightLimit > 0 { network.cutWeights(at: options.weightLimit) }
      }
      return network
    }
  }
}
