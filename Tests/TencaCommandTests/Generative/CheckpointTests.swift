import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  private let arguments = TemporaryFolder.smallTraining

  @Test("A run that was killed goes on to the bytes of one that was not")
  func killed() throws {
    let folder = try TemporaryFolder.withColumns()
    let long = arguments + ["--epochs", "60"]
    _ = try Program.run(long + ["-o", "whole.tenca"], in: folder)
    // Killed without mercy as soon as there is a checkpoint.
    _ = try Program.shell(
      """
      tenca \((long + ["-o", "cut.tenca"]).joined(separator: " ")) &
      until [ -e cut.tenca.checkpoint ]; do sleep 0.01; done; kill -9 $!; wait; true
      """, in: folder)
    #expect(folder.bytes("cut.tenca").isEmpty)
    let rest = try Program.run(long + ["-o", "cut.tenca", "--resume"], in: folder)
    #expect(rest.status == 0 && rest.errors.contains("going on after step"), "\(rest.errors)")
    #expect(folder.bytes("cut.tenca") == folder.bytes("whole.tenca"))
    let checkpoint = try Program.run(
      long + ["-o", "cut.tenca", "--resume", "--seed", "2"], in: folder)
    #expect(checkpoint.status == 1 && checkpoint.errors.contains("other options"))
  }

  @Test("A disk that fills up leaves the last checkpoint whole, and the run goes on from it")
  func fullDisk() throws {
    let folder = try TemporaryFolder.withColumns()
    _ = try Program.run(arguments + ["--epochs", "4", "-o", "whole.tenca"], in: folder)
    _ = try Program.run(arguments + ["--epochs", "2", "-o", "cut.tenca"], in: folder)
    let (model, checkpoint) = (folder.bytes("cut.tenca"), folder.bytes("cut.tenca.checkpoint"))
    let files = folder.files
    let more = arguments + ["--epochs", "4", "-o", "cut.tenca", "--resume"]
    // No file of this shell and its children may grow beyond 8 KiB; a checkpoint has more.
    #expect(checkpoint.count > 8192)
    let full = try Program.shell(
      "ulimit -f 8; tenca \(more.joined(separator: " "))", in: folder)
    #expect(full.status == 1)
    #expect(
      full.errors.contains("cut.tenca.checkpoint") && full.errors.contains("File too large"),
      "\(full.errors)")
    #expect(folder.bytes("cut.tenca.checkpoint") == checkpoint)
    #expect(folder.bytes("cut.tenca") == model && folder.files == files)
    let rest = try Program.run(more, in: folder)
    #expect(rest.status == 0 && rest.errors.contains("going on after step 10"), "\(rest.errors)")
    for name in ["", ".checkpoint"] {
      #expect(folder.bytes("cut.tenca\(name)") == folder.bytes("whole.tenca\(name)"))
    }
  }

  @Test("Without a checkpoint a run begins, after its last epoch it ends, and both are said")
  func ends() throws {
    let folder = try TemporaryFolder.withColumns()
    let run = arguments + ["--epochs", "1", "-o", "m.tenca", "--resume"]
    let first = try Program.run(run, in: folder)
    #expect(first.status == 0)
    #expect(first.errors.contains("there is no m.tenca.checkpoint: beginning at the start"))
    let model = folder.bytes("m.tenca")
    let second = try Program.run(run + ["--discard-checkpoint"], in: folder)
    #expect(second.status == 0)
    #expect(second.errors.contains("all 5 steps are done already; for more raise --epochs"))
    #expect(folder.bytes("m.tenca") == model)
    #expect(folder.files == ["m.tenca", "p.npy"])
  }
}
