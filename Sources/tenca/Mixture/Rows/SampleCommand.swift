import ArgumentParser
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics

/// `tenca sample`: new rows from a mixture.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw new rows from a mixture.",
    usage: "tenca sample [<options>] <model>",
    discussion: """
        tenca sample geyser.tenca -n 1000 --seed 7 -o synthetic.csv
      """)

  @Argument(help: "A model written by tenca train mixture.", completion: .file())
  var model: String

  @Option(name: [.customShort("n"), .long], help: "Rows to draw.")
  var count = 100

  @Option(help: "Seed: the same seed gives the same rows.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Where to write the table; - is standard output.")
  var output = "-"

  func validate() throws {
    if !(1...100_000_000).contains(count) {
      throw ValidationError("--count \(count): a number from 1 to 100000000.")
    }
  }

  func run() throws {
    let model = try ModelFile.readRowMixture(model)
    var random = RandomStream(seed: seed)
    let rows = model.sample(count, using: &random)
    try RowOutput.write(to: output, columns: model.columns) { try $0.append(rowsOf: rows) }
  }
}
