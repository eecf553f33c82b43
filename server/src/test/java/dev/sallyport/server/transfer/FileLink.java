package dev.sallyport.server.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

import dev.sallyport.gateway.AgentLink;
import dev.sallyport.gateway.LinkFacts;
import dev.sallyport.gateway.LinkListener;
import dev.sallyport.gateway.LinkLostException;
import dev.sallyport.gateway.OperationCall;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.channel.AgentMessage.Describe;
import dev.sallyport.protocol.channel.AgentPolicy;
import dev.sallyport.protocol.channel.OutputChannel;
import dev.sallyport.protocol.frame.GoAwayCode;
import dev.sallyport.protocol.operation.FileOperation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;

/** A connection of a {@link FileMachine}, cut at a chosen point; calls take their input as the gateway does, piece by piece. */
final class FileLink implements AgentLink {
  private static final AtomicLong COUNT = new AtomicLong();
  private static final int PIECE_BYTES = 3 << 20;

  private final String id;
  private final FileMachine machine;
  private final LinkListener listener;
  private final Instant now;
  private final String linkId = "file-link-" + COUNT.incrementAndGet();
  private final AtomicInteger points = new AtomicInteger();
  private volatile boolean up = true;
  private volatile int cutAt;
  private volatile IntConsumer atPoint = _ -> {};

  FileLink(String id, FileMachine machine, LinkListener listener, Instant now) {
    this.id = id;
    this.machine = machine;
    this.listener = listener;
    this.now = now;
  }

  FileLink cutAt(int point) {
    cutAt = point;
    return this;
  }

  /** Tells of each point that a call passes, by its number. */
  FileLink telling(IntConsumer listening) {
    atPoint = listening;
    return this;
  }

  boolean isUp() {
    return up;
  }

  private void pass() throws LinkLostException {
    int point = points.incrementAndGet();
    atPoint.accept(point);
    if (point == cutAt) {
      up = false;
      listener.down(this, "cut");
    }
    if (!up) {
      throw new LinkLostException(linkId + " is gone");
    }
  }

  @Override
  public OperationResult call(OperationCall call, OutputSink sink) throws LinkLostException, InterruptedException {
    pass();
    byte[] input = input(call);
    pass();
    byte[] block = call.operation() instanceof FileOperation.Read read ? machine.block(read) : new byte[0];
    OperationResult result = machine.perform(call.id(), call.operation(), input, call.latestStart().isBefore(now));
    if (result.outcome() == Outcome.DONE) {
      output(block, sink);
    }
    pass();
    return result;
  }

  private byte[] input(OperationCall call) throws LinkLostException {
    byte[] input = new byte[call.operation().input().bytes()];
    if (input.length == 0) {
      return input;
    }
    try (InputStream from = call.input().open()) {
      for (int at = 0; at < input.length;) {
        int count = from.readNBytes(input, at, Math.min(PIECE_BYTES, input.length - at));
        assertMore(count);
        at += count;
        pass();
      }
      return input;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertMore(int count) {
    if (count == 0) {
      throw new AssertionError("the input is too short");
    }
  }

  private void output(byte[] block, OutputSink sink) throws LinkLostException {
    for (int at = 0; at < block.length; at += PIECE_BYTES) {
      pass();
      sink.output(OutputChannel.STDOUT, Arrays.copyOfRange(block, at, Math.min(block.length, at + PIECE_BYTES)), at);
    }
  }

  @Override
  public String agentId() {
    return id;
  }

  @Override
  public String linkId() {
    return linkId;
  }

  @Override
  public LinkFacts facts() {
    return new LinkFacts(InetAddress.getLoopbackAddress(), "websocket", "", Instant.EPOCH, 1,
        new Describe("1.0", "files", "Debian 12", "6.1", "x86_64", "boot", Instant.EPOCH, List.of()));
  }

  @Override
  public void cancel(OperationId operation) {
    // What this machine does is done at once.
  }

  @Override
  public void settle(List<OperationId> ids) {
    if (up) {
      machine.settle(ids);
    }
  }

  @Override
  public void policy(AgentPolicy policy) {
    // of no interest here
  }

  @Override
  public void servers(List<String> addresses) {
    // of no interest here
  }

  @Override
  public void close(GoAwayCode why) {
    up = false;
  }
}
