/// Recordings in which a word is spelled: each letter two tones.
extension TemporaryFolder {
  static let spellingLexicon = """
    R AA R
    U Y UW
    B B IY
    O OW W
    T T IY
    """

  private static let tones: [String: Double] = [
    "AA": 300, "R": 500, "Y": 800, "UW": 1200, "B": 1700, "IY": 2200, "OW": 2700, "W": 3100,
    "T": 3500,
  ]

  /// A recording of letters, silence around them.
  func spell(_ letters: [String], to name: String, seed: Int) throws {
    var phones: [String: [String]] = [:]
    for line in Self.spellingLexicon.split(separator: "\n") {
      let parts = line.split(separator: " ").map(String.init)
      phones[parts[0]] = Array(parts.dropFirst())
    }
    var samples = Tone.samples(0, count: 1600, rate: 8000, seed: seed)
    for (index, phone) in letters.flatMap({ phones[$0]! }).enumerated() {
      samples += Tone.samples(
        Self.tones[phone]!, count: 640 + (seed * 37 + index * 53) % 320, rate: 8000,
        seed: seed * 100 + index)
    }
    samples += Tone.samples(0, count: 1600, rate: 8000, seed: seed + 7)
    try write(WAV.floats(samples).bytes, to: name)
  }

  /// A small spelled corpus, its lexicon, grammars and long sounds, as the examples of help name them.
  func writeSpelling() throws {
    let letters = ["R", "U", "B", "O", "T"]
    for (part, count) in [("train", 12), ("test", 3)] {
      var manifest = "path,text,speaker\n"
      for take in 0..<count {
        let spoken =
          take == 0
          ? ["R", "U", "B", "O", "U", "T"]
          : (0..<4).map { letters[(take * 7 + $0 * ($0 + take)) % 5] }
        try spell(spoken, to: "an4/\(part)\(take).wav", seed: take + count)
        manifest += "\(part)\(take).wav,\(spoken.joined(separator: " ")),s\(take % 2)\n"
      }
      try write(manifest, to: "an4/\(part).csv")
    }
    try write(Self.spellingLexicon, to: "an4.dic")
    try spell(["R", "U", "B", "O", "U", "T"], to: "letters.wav", seed: 99)
    try spell(["B", "O"], to: "calls/one.wav", seed: 98)
    try write("path,text\nletters.wav,R U B O U T\n", to: "prompts.csv")
    let times = ["R", "U", "B", "O", "U", "T"].enumerated().map { index, letter in
      "letters 1 \(0.2 * Double(index)) 0.2 \(letter)\n"
    }
    try write(times.joined(), to: "prompts.ctm")
    try write("path,text\nletters.wav,yes no\ncalls/one.wav,no\n", to: "yesno.csv")
    try write(
      "#JSGF V1.0;\ngrammar spelling;\npublic <spelling> = ( R | U | B | O | T )+;\n",
      to: "spelling.jsgf")
    try write(
      """
      \\data\\
      ngram 1=7

      \\1-grams:
      -1 </s>
      -99 <s>
      -0.8 R
      -0.8 U
      -0.8 B
      -0.8 O
      -0.8 T

      \\end\\

      """, to: "letters.arpa")
  }
}
