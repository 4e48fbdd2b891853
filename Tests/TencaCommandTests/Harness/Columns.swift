import TencaFormats
import TencaNumerics

extension TemporaryFolder {
  /// What trains a small autoencoder on the pictures of ``withColumns()``, but for epochs and output.
  static let smallTraining = [
    "train", "vae", "p.npy", "--batch", "20", "--width", "16", "--latent", "2",
    "--checkpoint-every", "3",
  ]

  /// A folder with a hundred pictures of a bright column each, `side` pixels high and wide.
  static func withColumns(side: Int = 8) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var pictures = NDArray<Float>(zeros: [100, side * side])
    for index in 0..<100 {
      for row in 0..<side { pictures[index, row * side + (index * 3) % side] = 1 }
    }
    try folder.write(NPY.encode(pictures.reshaped([100, side, side])), to: "p.npy")
    return folder
  }
}
