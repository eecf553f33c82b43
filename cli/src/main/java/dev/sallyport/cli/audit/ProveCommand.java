package dev.sallyport.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sallyport.audit.Checkpoint;
import dev.sallyport.audit.NoteKey;
import dev.sallyport.audit.Proofs;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.api.ApiClient;
import dev.sallyport.cli.output.JsonOption;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the server prove an entry, and checks the proof. */
@Command(name = "prove", mixinStandardHelpOptions = true, sortOptions = false, description = "Has the server prove that an entry is in the log, checks the proof and prints the entry. --json prints the proof, for others to check.")
public final class ProveCommand implements Callable<Integer> {
  private static final int MAX_TEXT = 1 << 16;

  private final Terminal terminal;

  @Option(names = "--entry", paramLabel = "N", required = true, description = "The entry's number, n.")
  private long entry;

  @Option(names = "--vkey", paramLabel = "FILE", required = true, description = "The key that verifies checkpoints: a copy of the file audit/vkey that you made when you could trust the server.")
  private Path key = Path.of("");

  @Mixin
  private final JsonOption json = new JsonOption();

  public ProveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    NoteKey known = KeyFile.read(key);
    JsonObject answer;
    try (ApiClient client = terminal.connect()) {
      answer = client.get("/api/v1/audit/entries/" + entry + "/proof");
    }
    byte[] line = base64(answer.string("entry", MAX_TEXT));
    List<Bytes> hashes = new ArrayList<>();
    answer.strings("proof", Proofs.MAX_HASHES, MAX_TEXT).forEach(hash -> hashes.add(Bytes.of(base64(hash))));
    boolean proven;
    try {
      Checkpoint signed = SignedCheckpoint.open(answer.string("checkpoint", SignedCheckpoint.MAX_BYTES), known)
          .checkpoint();
      proven = Proofs.includes(line, entry, signed.size(), signed.root(), hashes);
    } catch (ProtocolException e) {
      terminal.note("The checkpoint cannot be trusted: " + e.getMessage() + ".");
      proven = false;
    }
    if (!proven) {
      terminal.note(
          "Entry " + entry + " is NOT proven. Keep what the server says as evidence, and verify a copy of its log.");
      return ExitCode.FAILED;
    }
    terminal.out().println(json.wanted() ? answer.text() : new String(line, StandardCharsets.UTF_8));
    return ExitCode.OK;
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("the server's proof is no base64", e);
    }
  }
}
