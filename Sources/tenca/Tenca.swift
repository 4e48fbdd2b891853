import ArgumentParser

/// The command line: words for people, no mathematics.
@main
struct Tenca: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenca",
    abstract: "Listens to sound and finds the hidden states behind it.",
    discussion: #"""
      Learn from labelled recordings, then name new ones:

        tenca train classifier recordings/ -o digits.tenca
        tenca classify digits.tenca new.wav
        tenca evaluate digits.tenca test/manifest.csv --picture confusion.png

      Write down what is said, and see when each word and phone was said:

        tenca train recognizer an4/train.csv --lexicon an4.dic -o an4.tenca
        tenca recognize an4.tenca letters.wav
        tenca align an4.tenca letters.wav --text "R U B O U T" -o letters.TextGrid

      Find the hidden states behind a series, and see where they change:

        tenca train hmm quakes.csv -k 3 --emission poisson --columns count \
          -o quakes.tenca
        tenca decode quakes.tenca quakes.csv -o states.png

      See when a market was calm, when it stormed, and what may come:

        tenca regimes prices.csv --forecast 20 --picture regimes.png

      Learn to make pictures or sounds, and make new ones:

        tenca train vae digits/manifest.csv --representation mel --conditional \
          --size 32x32 --epochs 30 -o digits-vae.tenca
        tenca generate digits-vae.tenca -n 8 -o made/

      Compute features as Kaldi, librosa, HTK or torchaudio do:

        tenca features mfcc speech.wav -o speech.npy --convention librosa
        tenca features mel speech.wav -o speech.png

      Hear what a spectrogram keeps of a sound:

        tenca invert speech.wav -o heard.wav --mel --convention librosa

      Results go to standard output, words and progress to standard error. A file
      named - is standard input or output. A batch goes on past a bad file, lists
      all failures at its end and exits with status 1.
      """#,
    version: version,
    subcommands: [
      FeaturesCommand.self, InvertCommand.self, TrainCommand.self, ClassifyCommand.self,
      EvaluateCommand.self, RecognizeCommand.self, AlignCommand.self, SegmentSoundCommand.self,
      GenerateCommand.self, ReconstructCommand.self, EncodeCommand.self,
      InterpolateCommand.self, TraverseCommand.self, CompareCommand.self, ToyCommand.self,
      ClusterCommand.self, DecodeCommand.self, ForecastCommand.self, ScoreCommand.self,
      SampleCommand.self, RegimesCommand.self, CompareClustersCommand.self,
      SegmentCommand.self, ClusterTextCommand.self, InspectCommand.self,
    ])

  static let version = "0.1.0"
}
