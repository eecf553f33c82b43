package dev.sallyport.server.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.testing.agent.Answer;
import dev.sallyport.testing.agent.OperationScript;

/** A program that runs until a test lets it end, and remembers what was asked of it. */
final class HeldProgram implements OperationScript {
  private final Answer end;
  private final List<OperationId> asked = new CopyOnWriteArrayList<>();
  private final List<Operation> operations = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  HeldProgram(Answer end) {
    this.end = end;
  }

  @Override
  public Answer answer(OperationId id, Operation operation) throws InterruptedException {
    asked.add(id);
    operations.add(operation);
    begun.countDown();
    free.await();
    return end;
  }

  /** Waits until it is asked to run; answers the operation's id. */
  OperationId awaitBegin() throws InterruptedException {
    begun.await();
    return asked.getFirst();
  }

  void letGo() {
    free.countDown();
  }

  List<OperationId> asked() {
    return asked;
  }

  List<Operation> operations() {
    return operations;
  }
}
