package dev.sallyport.server.action;

import dev.sallyport.protocol.operation.Operation;
import dev.sallyport.protocol.operation.OperationResult;

/** What an action needs that moves much data. Belongs to the thread the action runs on. */
public interface Bulk {
  /**
   * A name for what the action does next: no other step of any run has it, and it is the same whenever the action is run again for the same order and machine.
   *
   * @return at most 100 letters, digits, dashes and slashes
   */
  String mark();

  /**
   * Has the machine do a series of operations. One that changes something and was completed is not asked for again when the action is run again;
   * one that was not goes on at its {@link Series#first}. Nothing of it is stored as output of the run.
   *
   * @throws OperationEndedException if one of them ended otherwise than {@code done}; those under way were given up then
   */
  void series(Series series);

  /** Writes a line into the output of the run. When the action is run again, it must say the same again. */
  void tell(String line);

  /** Has the machine take back what the action began, also if the run was cancelled; the result has any outcome. */
  OperationResult tidy(Operation operation);
}
