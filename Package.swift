// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every Swift target: the strict language mode the house is written in.
let houseRules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A library target that follows the house rules.
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: houseRules)
}

/// The tests of one library; `resources` are golden values made by an independent tool.
func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [])
  -> Target
{
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: houseRules)
}

/// A system library found by pkg-config and, where it is missing, named for apt.
func systemLibrary(_ name: String, pkgConfig: String, apt package: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
  name: "tenca",
  products: [
    .executable(name: "tenca", targets: ["tenca"]),
    .library(name: "TencaNumerics", targets: ["TencaNumerics"]),
    .library(name: "TencaFormats", targets: ["TencaFormats"]),
    .library(name: "TencaPlot", targets: ["TencaPlot"]),
    .library(name: "TencaAudio", targets: ["TencaAudio"]),
    .library(name: "TencaMixture", targets: ["TencaMixture"]),
    .library(name: "TencaMarkov", targets: ["TencaMarkov"]),
    .library(name: "TencaRecognition", targets: ["TencaRecognition"]),
    .library(name: "TencaVision", targets: ["TencaVision"]),
    .library(name: "TencaText", targets: ["TencaText"]),
    .library(name: "TencaRegimes", targets: ["TencaRegimes"]),
    .library(name: "TencaNeural", targets: ["TencaNeural"]),
    .library(name: "TencaGenerative", targets: ["TencaGenerative"]),
    .library(name: "TencaSynthesis", targets: ["TencaSynthesis"]),
  ],
  dependencies: [
    // The command line: parsing, help, shell completions and the manual page.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // One place to decide where words for people go, shared with programs that embed the libraries.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // Floor 0: system libraries and the one kernel target.
    systemLibrary("CSndfile", pkgConfig: "sndfile", apt: "libsndfile1-dev"),
    systemLibrary("CFFTW", pkgConfig: "fftw3f", apt: "libfftw3-dev"),
    systemLibrary("COpenBLAS", pkgConfig: "openblas", apt: "libopenblas-dev"),
    systemLibrary("CSoxr", pkgConfig: "soxr", apt: "libsoxr-dev"),
    systemLibrary("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
    systemLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    systemLibrary("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
    systemLibrary("CTurboJPEG", pkgConfig: "libturbojpeg", apt: "libturbojpeg0-dev"),
    // Matrix products, convolutions and pooling of networks. It has no pkg-config file, and the shim
    // opens it when a network first runs: with what it needs it is 39 MB, which `tenca classify`
    // should not have to load.
    .target(name: "COneDNN"),
    // Kernels that measured several times faster in C with one clone a processor family than in Swift.
    .target(name: "CKernels"),

    // Floor 1 and the two side wings.
    library("TencaNumerics", ["COpenBLAS", "CKernels"]),
    library("TencaFormats", ["TencaNumerics", "CZlib", "CPNG", "CTurboJPEG"]),
    library("TencaPlot", ["TencaNumerics", "CCairo"]),

    // Floor 2.
    library("TencaAudio", ["TencaNumerics", "CKernels", "CSndfile", "CFFTW", "CSoxr"]),
    library("TencaMixture", ["TencaNumerics", "CKernels"]),
    library("TencaNeural", ["TencaNumerics", "CKernels", "COneDNN"]),

    // Floor 3.
    library("TencaMarkov", ["TencaNumerics", "TencaMixture", "CKernels"]),
    library("TencaGenerative", ["TencaNumerics", "TencaFormats", "TencaNeural"]),

    // Floor 4.
    library(
      "TencaRecognition",
      ["TencaNumerics", "TencaFormats", "TencaAudio", "TencaMixture", "TencaMarkov"]),
    library("TencaVision", ["TencaNumerics", "TencaFormats", "TencaMixture"]),
    library("TencaText", ["TencaNumerics", "TencaMixture"]),
    library("TencaRegimes", ["TencaNumerics", "TencaMarkov", "TencaMixture"]),
    library(
      "TencaSynthesis",
      ["TencaNumerics", "TencaFormats", "TencaAudio", "TencaNeural", "TencaGenerative"]),

    // The roof: words for people.
    .executableTarget(
      name: "tenca",
      dependencies: [
        "TencaNumerics", "TencaFormats", "TencaPlot", "TencaAudio", "TencaMixture", "TencaMarkov",
        "TencaRecognition", "TencaVision", "TencaText", "TencaRegimes", "TencaNeural",
        "TencaGenerative", "TencaSynthesis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: houseRules),

    // Benchmarks are benchmarks, never timed tests: Scripts/bench runs this beside the peers.
    .executableTarget(
      name: "tenca-benchmarks",
      dependencies: [
        "TencaNumerics", "TencaFormats", "TencaAudio", "TencaMixture", "TencaMarkov",
        "TencaRecognition", "TencaRegimes", "TencaNeural", "TencaGenerative",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/TencaBenchmarks", swiftSettings: houseRules),

    tests("TencaNumericsTests", ["TencaNumerics"]),
    tests(
      "TencaRecognitionTests",
      ["TencaRecognition", "TencaAudio", "TencaFormats", "TencaMixture", "TencaNumerics"]),
    tests(
      "TencaCommandTests",
      [
        "tenca", "TencaRecognition", "TencaAudio", "TencaFormats", "TencaNumerics", "TencaPlot",
        "TencaRegimes", "TencaNeural", "TencaGenerative", "TencaSynthesis",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    tests("TencaFormatsTests", ["TencaFormats", "TencaNumerics"]),
    tests(
      "TencaAudioTests", ["TencaAudio", "TencaNumerics", "TencaFormats", "CSndfile"],
      resources: [.copy("Goldens")]),
    tests("TencaPlotTests", ["TencaPlot", "TencaNumerics", "CCairo"]),
    tests("TencaMixtureTests", ["TencaMixture", "TencaNumerics"]),
    tests("TencaMarkovTests", ["TencaMarkov", "TencaMixture", "TencaNumerics"]),
    tests("TencaVisionTests", ["TencaVision", "TencaFormats", "TencaNumerics"]),
    tests("TencaTextTests", ["TencaText", "TencaNumerics"]),
    tests("TencaRegimesTests", ["TencaRegimes", "TencaFormats", "TencaNumerics"]),
    tests(
      "TencaNeuralTests", ["TencaNeural", "TencaGenerative", "TencaFormats", "TencaNumerics"],
      resources: [.copy("Goldens")]),
    tests(
      "TencaGenerativeTests",
      ["TencaGenerative", "TencaNeural", "TencaFormats", "TencaNumerics"]),
    tests(
      "TencaSynthesisTests",
      [
        "TencaSynthesis", "TencaGenerative", "TencaNeural", "TencaAudio", "TencaFormats",
        "TencaNumerics",
      ]),
  ]
)
