package dev.sallyport.cli.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.audit.Checkpoint;
import dev.sallyport.audit.LogFiles;
import dev.sallyport.audit.LogVerifier;
import dev.sallyport.audit.NoteKey;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.audit.Verdict;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies a copy of the log, without the server. */
@Command(name = "verify", mixinStandardHelpOptions = true, sortOptions = false, description = "Verifies a copy of the server's directory `audit`: every entry, the tree over them, the signature.", footer = {
    "", "Exit codes: 0 all is as it was signed, 1 something was altered, removed, reordered or inserted,",
    "2 files are missing, so nobody can say.", "",
    "The log of a server that was taken over can be rewritten and signed anew with its key. What shows that is",
    "a checkpoint kept elsewhere: give it with --from. Every machine keeps one, too."})
public final class VerifyCommand implements Callable<Integer> {
  static final int SOUND = 0;
  static final int TAMPERED = 1;
  static final int INCOMPLETE = 2;

  private final Terminal terminal;

  @Option(names = "--log", paramLabel = "DIR", required = true, description = "The copy.")
  private Path log = Path.of("");

  @Option(names = "--vkey", paramLabel = "FILE", required = true, description = "The key that verifies checkpoints: a copy of the file audit/vkey that you made when you could trust the server.")
  private Path key = Path.of("");

  @Option(names = "--from", paramLabel = "FILE", description = "A checkpoint that was kept elsewhere; may be given several times.")
  private List<Path> kept = List.of();

  @Mixin
  private final JsonOption json = new JsonOption();

  public VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(log)) {
      throw new IllegalArgumentException(log + " is no directory");
    }
    NoteKey known = KeyFile.read(key);
    var checkpoints = new ArrayList<Checkpoint>();
    for (Path file : kept) {
      try {
        checkpoints.add(SignedCheckpoint.open(KeyFile.text(file), known).checkpoint());
      } catch (ProtocolException e) {
        throw new IllegalArgumentException(file + " cannot be trusted: " + e.getMessage(), e);
      }
    }
    return switch (new LogVerifier(new LogFiles(log), known, checkpoints).verify()) {
      case Verdict.Sound(Checkpoint checkpoint, int unsigned) -> {
        say(JsonObject.builder().put("verdict", "ok").put("entries", checkpoint.size()).put("root",
            checkpoint.root().hex()).put("unsigned", unsigned).build(),
            "All " + checkpoint.size() + " entries are as they were signed; root " + checkpoint.root().hex() + "."
                + (unsigned == 0 ? "" : " " + unsigned + " more came after the checkpoint and are not signed yet."));
        yield SOUND;
      }
      case Verdict.Tampered(long entry, String what) -> {
        say(JsonObject.builder().put("verdict", "tampered").put("entry", entry).put("what", what).build(),
            "TAMPERED: " + what);
        yield TAMPERED;
      }
      case Verdict.Incomplete(String what) -> {
        say(JsonObject.builder().put("verdict", "incomplete").put("what", what).build(), "Incomplete: " + what);
        yield INCOMPLETE;
      }
    };
  }

  private void say(JsonObject result, String text) {
    terminal.out().println(json.wanted() ? result.text() : text);
  }
}
