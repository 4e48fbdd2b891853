import ArgumentParser
internal import TencaFormats
internal import TencaNeural
internal import TencaNumerics

/// Training steps of generative networks at their full size.
struct NetworkBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "networks", abstract: "Training steps of generative networks on made-up pictures.",
    discussion: """
      A pass is so many whole steps: forward, backward, and the optimiser's. The peer is PyTorch with
      the same layers. Operations are those of matrix products and convolutions; the peak is what a
      product of two 1024 x 1024 matrices reaches in the same process.
      """)

  @Argument(help: "vaemlp, vaeconv, cdcgan, wgangp, ddpm or dcgan64; all where none is named.")
  var names: [String] = []
  @Option(help: "Threads.") var threads = 2
  @Option(help: "Passes, after one that is not counted.") var passes = 12
  @Option(help: "Steps a pass.") var steps = 1
  @Option(help: "Pictures a step; by default 128 of vaemlp and 64 of others.") var batch: Int?
  @Flag(help: "Multiply operands rounded to bfloat16.") var bfloat16 = false

  private static var trainings: [(name: String, batch: Int, make: (Int) throws -> TrainingStep)] {
    [
      ("vaemlp", 128, denseAutoencoderStep), ("vaeconv", 64, spectrogramAutoencoderStep),
      ("cdcgan", 64, conditionalAdversaryStep), ("wgangp", 64, criticStep),
      ("ddpm", 64, diffusionStep), ("dcgan64", 64, deepAdversaryStep),
    ]
  }

  func validate() throws {
    for name in names where !Self.trainings.contains(where: { $0.name == name }) {
      throw ValidationError("there is no network called \(name)")
    }
  }

  func run() throws {
    NetworkThreads.count = threads
    for training in Self.trainings where names.isEmpty || names.contains(training.name) {
      let batch = batch ?? training.batch
      let step = try training.make(batch)
      let size = ["pictures": Double(batch * steps)]
      let measurement = try NetworkMeasurement.of(
        training.name, threads: threads, passes: passes, size: size
      ) {
        try ProductPrecision.$current.withValue(bfloat16 ? .bfloat16 : .single) {
          for _ in 0..<steps { try step() }
        }
      }
      print(try JSONText.encodeLine(measurement))
    }
  }
}

/// Takes one step of a training.
typealias TrainingStep = () throws -> Void
