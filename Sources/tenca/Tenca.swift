import ArgumentParser

@main
struct Tenca: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tenca")
}
