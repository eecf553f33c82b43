package dev.sallyport.server.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One caller's work on its way through the writer: run there, answered after the commit. */
final class UnitOfWork<T extends @Nullable Object> {

  private final Transaction<T> work;
  private final CompletableFuture<T> answer = new CompletableFuture<>();

  /** Set by the writer, only while the batch is open; a second run of the batch overwrites it. */
  private @Nullable Runnable onCommit;

  UnitOfWork(Transaction<T> work) {
    this.work = work;
  }

  /** Writer: runs the work; what it throws passes through. */
  void run(JdbcClient sql) {
    T value = work.run(sql);
    onCommit = () -> answer.complete(value);
  }

  /** Writer: the work was undone by itself because it threw this; the caller learns it with the commit. */
  void refused(Throwable reason) {
    onCommit = () -> answer.completeExceptionally(reason);
  }

  /** Writer: the commit is on the disk. */
  void committed() {
    if (onCommit == null) {
      throw new IllegalStateException("committed before it ran");
    }
    onCommit.run();
  }

  /** Writer: nothing of the batch was kept. */
  void lost(StoreUnavailableException reason) {
    answer.completeExceptionally(reason);
  }

  /** Caller: waits, whatever interrupts, because the work cannot be called back; the interrupt stays pending. */
  T await() {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case null, default -> throw failed;
      }
    }
  }
}
