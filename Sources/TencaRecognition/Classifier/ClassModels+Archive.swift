internal import TencaMarkov
internal import TencaNumerics

/// How the models of classes lie in an archive: `mixture.<class number>.…`, or `hidden.<class
/// number>.…` and the common scale.
extension Archive {
  mutating func add(_ models: ClassModels) {
    switch models {
    case .mixtures(let mixtures): add(mixtures)
    case .hidden(let hidden, let scale):
      add(scale)
      for (index, model) in hidden.enumerated() { add(model, prefix: "hidden.\(index).") }
    }
  }

  /// Reads the models of so many classes.
  ///
  /// - Parameter topology: How hidden states follow each other; nil: classes are mixtures.
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  func models(_ count: Int, topology: StateTopology?, path: String) throws -> ClassModels {
    guard let topology else { return .mixtures(try mixtures(count, path: path)) }
    return .hidden(
      try (0..<count).map { try hiddenModel("hidden.\($0).", topology, path: path) },
      try standardization(path: path))
  }

  /// Adds the arrays `<prefix>means` and `<prefix>deviations`.
  mutating func add(_ scale: FrameStandardization, prefix: String = "scale.") {
    arrays[prefix + "means"] = .float(NDArray(scale.means))
    arrays[prefix + "deviations"] = .float(NDArray(scale.deviations))
  }

  /// Reads the scale that frames are brought to.
  ///
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  func standardization(_ prefix: String = "scale.", path: String) throws -> FrameStandardization {
    let means = try numbers(prefix + "means", path: path).elements.map { Float($0) }
    let deviations = try numbers(prefix + "deviations", path: path).elements.map { Float($0) }
    guard means.count == deviations.count, means.allSatisfy(\.isFinite),
      deviations.allSatisfy({ $0 > 0 && $0.isFinite })
    else {
      throw RecognitionError.damagedModel(path: path, reason: "the scale of its frames is none")
    }
    return FrameStandardization(means: means, deviations: deviations)
  }

  /// An array that must be there.
  ///
  /// - Throws: ``RecognitionError/damagedModel(path:reason:)``.
  func numbers(_ name: String, path: String) throws -> NDArray<Double> {
    guard let array = arrays[name]?.asDouble else {
      throw RecognitionError.damagedModel(path: path, reason: "the array '\(name)' is missing")
    }
    return array
  }

  private mutating func add(_ model: HiddenSoundModel, prefix: String) {
    arrays[prefix + "initial"] = .double(NDArray(model.chain.initial))
    arrays[prefix + "transition"] = .double(model.chain.transition.matrix)
    arrays[prefix + "shares"] = .double(NDArray(model.stateShares))
    model.bank.write(into: &self, prefix: prefix)
  }

  private func hiddenModel(
    _ prefix: String, _ topology: StateTopology, path: String
  ) throws -> HiddenSoundModel {
    let bank = try GaussianBank(archive: self, prefix: prefix, path: path)
    let shares = try numbers(prefix + "shares", path: path).elements
    do {
      let chain = try MarkovChain(
        initial: try numbers(prefix + "initial", path: path).elements,
        transition: TransitionMatrix(try numbers(prefix + "transition", path: path)))
      guard chain.stateCount == bank.stateCount, shares.count == bank.stateCount else {
        throw RecognitionError.damagedModel(
          path: path, reason: "\(prefix) has parts of different numbers of states")
      }
      return HiddenSoundModel(topology: topology, chain: chain, bank: bank, stateShares: shares)
    } catch let error as MarkovError {
      throw RecognitionError.damagedModel(path: path, reason: "\(error)")
    }
  }
}
