package dev.sallyport.cli.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.sallyport.audit.Checkpoint;
import dev.sallyport.audit.LogFiles;
import dev.sallyport.audit.SignedCheckpoint;
import dev.sallyport.audit.TileId;
import dev.sallyport.cli.ExitCode;
import dev.sallyport.cli.output.Terminal;
import dev.sallyport.protocol.ProtocolException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the entries of a copy of the log. */
@Command(name = "export", mixinStandardHelpOptions = true, sortOptions = false, description = "Prints the signed entries of a copy of the server's directory `audit`, a line of JSON each, byte for byte as they were hashed.")
public final class ExportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--log", paramLabel = "DIR", required = true, description = "The copy.")
  private Path log = Path.of("");

  @Option(names = "--vkey", paramLabel = "FILE", required = true, description = "The key that verifies checkpoints. Only the checkpoint is checked here; verify checks the entries.")
  private Path key = Path.of("");

  @Option(names = "--from-entry", paramLabel = "N", defaultValue = "0", description = "Begin with this entry.")
  private long from;

  public ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(log) || from < 0) {
      throw new IllegalArgumentException(from < 0 ? "--from-entry is a number from 0" : log + " is no directory");
    }
    var files = new LogFiles(log);
    try {
      Checkpoint signed = SignedCheckpoint.open(files.checkpoint(), KeyFile.read(key)).checkpoint();
      print(files, signed.size());
    } catch (ProtocolException e) {
      terminal.note("The log cannot be exported: " + e.getMessage() + ". `sallyport audit verify` says more.");
      return ExitCode.FAILED;
    }
    return ExitCode.OK;
  }

  private void print(LogFiles files, long size) throws IOException {
    for (long number = from; number < size;) {
      long tile = number / TileId.FULL;
      int width = (int) Math.min(TileId.FULL, size - tile * TileId.FULL);
      for (byte[] entry : files.entries(tile, width).subList((int) (number % TileId.FULL), width)) {
        terminal.out().println(new String(entry, StandardCharsets.UTF_8));
      }
      number = tile * TileId.FULL + width;
    }
  }
}
