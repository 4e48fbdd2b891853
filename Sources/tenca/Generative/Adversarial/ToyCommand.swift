import ArgumentParser

/// `tenca toy`: games whose modes can be counted.
struct ToyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "toy",
    abstract: "Watch a generator collapse, and remedies at work, where modes can be counted.",
    discussion: #"""
        tenca toy ring
        tenca toy ring --play non-saturating --play non-saturating+deviation \
          --seeds 5 -o ring/
        tenca toy stacked corpora/glyphs --features shapes-features.tenca

      Everything that can be asked is in: tenca help toy points and
      tenca help toy stacked
      """#,
    subcommands: [ToyPointsCommand.self, ToyStackedCommand.self],
    defaultSubcommand: ToyPointsCommand.self)
}
