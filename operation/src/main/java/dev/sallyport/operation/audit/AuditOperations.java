package dev.sallyport.operation.audit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.audit.AuditSummary;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.operation.AuditOperation;
import dev.sallyport.protocol.operation.Outcome;

/** The family of operations that take stock. One at a time: a section may take 16 MiB of memory, and two of one kind would write the same file. */
public final class AuditOperations implements Primitive<AuditOperation> {
  /** What is handed on at a time: a piece for the wire. */
  private static final int BUFFER_BYTES = 16 << 10;

  private final ReentrantLock turn = new ReentrantLock();
  private final Path root;
  private final SystemTool tool;
  private final KeptStates states;

  /**
   * @param root of the file system
   * @param notes a directory of the agent's own
   */
  public AuditOperations(Path root, SystemTool tool, Path notes) {
    this.root = root;
    this.tool = tool;
    this.states = new KeptStates(notes.resolve("audit"));
  }

  @Override
  public Ending run(AuditOperation operation, OperationContext context) {
    return switch (operation) {
      case AuditOperation.Take take -> inTurn(take, context);
    };
  }

  private Ending inTurn(AuditOperation.Take take, OperationContext context) {
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      return cancelled();
    }
    try {
      return take(take, context);
    } catch (AuditTrouble e) {
      return e.ending;
    } catch (ClosedByInterruptException | InterruptedIOException e) {
      return cancelled();
    } catch (IOException e) {
      return Ending.without(Outcome.FAILED, "the section " + take.section().word() + " could not be audited: " + e);
    } finally {
      turn.unlock();
    }
  }

  private Ending take(AuditOperation.Take take, OperationContext context) throws IOException, AuditTrouble {
    var findings = new Findings();
    source(take).gather(findings, context);
    if (Thread.currentThread().isInterrupted()) {
      return cancelled();
    }
    List<byte[]> items = findings.sorted();
    Optional<KeptState> base = states.open(take.section(), take.base());
    String digest;
    try (KeptState before = base.orElse(null); KeptStates.Writer writer = states.write(take.section())) {
      try (var out = new GZIPOutputStream(output(context), BUFFER_BYTES)) {
        digest = new Comparison(before, writer, out).run(items);
      }
      writer.keep(digest, take.base());
    }
    if (Thread.currentThread().isInterrupted()) {
      return cancelled();
    }
    return Ending.found(new AuditSummary(base.isPresent() ? take.base() : "", digest, items.size(), findings.wasCut(),
        findings.unsupported()).toJson());
  }

  private Source source(AuditOperation.Take take) {
    return switch (take.section()) {
      case HARDWARE -> new HardwareSource(root);
      case SYSTEM -> new SystemSource(root);
      case SOFTWARE -> new SoftwareSource(root, tool);
      case SERVICES -> new ServicesSource(root, tool);
      case USERS -> new UsersSource(root);
      case PORTS -> new PortsSource(root);
      case PRINTERS -> new PrintersSource(root);
      case FILES -> new FilesSource(root, take.patterns());
    };
  }

  private static Ending cancelled() {
    return Ending.without(Outcome.CANCELLED, "cancelled");
  }

  private static OutputStream output(OperationContext context) {
    return new java.io.BufferedOutputStream(new OutputStream() {
      @Override
      public void write(int one) {
        write(new byte[]{(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        context.output().write(OutputChannel.STDOUT, bytes, offset, length);
      }
    }, BUFFER_BYTES);
  }
}
