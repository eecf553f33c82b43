package dev.sallyport.server.directive.dispatch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import dev.sallyport.gateway.CallInput;
import dev.sallyport.gateway.OutputSink;
import dev.sallyport.protocol.operation.Effect;
import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.server.action.OperationEndedException;
import dev.sallyport.server.action.Series;

/**
 * Carries one series out: {@value #AT_ONCE} operations are under way, each on a virtual thread; the run's thread takes their results in order.
 *
 * <p>The agent starts an operation when its input is complete. So the last byte of each input waits until the operation before has ended: all
 * the others travel meanwhile, and the machine does one after the other.
 */
final class SeriesCalls {
  /** How many are under way: with the streams' credit of 256 KiB each, 1.5 MiB travel unanswered. */
  static final int AT_ONCE = 6;

  private final Carrier carrier;
  private final Series series;
  private final int base;

  SeriesCalls(Carrier carrier, Series series, int base) {
    this.carrier = carrier;
    this.series = series;
    this.base = base;
  }

  void run() {
    var underWay = new ArrayDeque<Call>();
    Future<Outcome> before = CompletableFuture.completedFuture(Outcome.DONE);
    int next = series.first();
    try {
      for (int index = next; index < series.count(); index++) {
        while (next < series.count() && underWay.size() < AT_ONCE) {
          var call = new Call(next++, before);
          before = call.result.thenApply(OperationResult::outcome);
          underWay.add(call);
          call.thread.start();
        }
        take(underWay.remove());
      }
    } finally {
      giveUp(underWay);
    }
  }

  private void take(Call call) {
    OperationResult result = call.await();
    Operation operation = series.operation(call.index);
    if (result.outcome() != Outcome.DONE) {
      throw new OperationEndedException(operation, result);
    }
    if (operation.effect() == Effect.CHANGE) {
      carrier.settle(base + call.index);
    }
    series.done(call.index, result);
  }

  /** What they wait for does not come any more. */
  private static void giveUp(Collection<Call> calls) {
    calls.forEach(call -> call.thread.interrupt());
    try {
      for (Call call : calls) {
        call.thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunSuspendedException("the server is stopping", e);
    }
  }

  /** One operation and the thread that waits for it. */
  private final class Call {
    private final int index;
    private final Future<Outcome> before;
    private final CompletableFuture<OperationResult> result = new CompletableFuture<>();
    private final Thread thread = Thread.ofVirtual().name("series").unstarted(this::perform);

    Call(int index, Future<Outcome> before) {
      this.index = index;
      this.before = before;
    }

    private void perform() {
      try {
        Operation operation = series.operation(index);
        OutputSink sink = series.output(index);
        result.complete(carrier.exchange(base + index, operation, input(operation), (channel, bytes, position) -> {
          carrier.moved();
          sink.output(channel, bytes, position);
        }));
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }

    private CallInput input(Operation operation) {
      CallInput input = series.input(index);
      int bytes = operation.input().bytes();
      return bytes == 0 ? input : () -> new InTurn(input.open(), bytes);
    }

    OperationResult await() {
      try {
        return result.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunSuspendedException("the server is stopping", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
      }
    }

    /** An input whose last byte comes when the operation before is done. */
    private final class InTurn extends InputStream {
      private final InputStream input;
      private int left;

      InTurn(InputStream input, int bytes) {
        this.input = input;
        this.left = bytes;
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 1) {
          awaitTurn();
        }
        int count = input.read(into, offset, Math.min(length, Math.max(1, left - 1)));
        left -= Math.max(count, 0);
        carrier.moved();
        return count;
      }

      private void awaitTurn() throws IOException {
        try {
          if (before.get() != Outcome.DONE) {
            throw new IOException("what comes before it was not done");
          }
        } catch (ExecutionException e) {
          throw new IOException("what comes before it failed", e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("given up");
        }
      }

      @Override
      public void close() throws IOException {
        input.close();
      }
    }
  }
}
