package dev.sallyport.operation.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sallyport.protocol.Bytes;

/**
 * One program to run.
 *
 * @param argv the program and its arguments, handed to the operating system one by one: no shell reads them
 * @param environment added to the clean one every program gets, replacing equal names
 * @param directory where the program starts; empty means the account's own directory
 * @param stdin what the program reads on its standard input; empty means end of file at once
 * @param timeLimit how long it may run before it and its descendants are ended
 * @param staysOpen whether standard input is left open behind {@code stdin} until the program has ended: its end then tells the program that
 *   the agent is gone
 * @param mark tells this run apart from all others on the machine; descendants inherit it in {@link ProcessTree#MARK}
 */
record ProcessOrder(List<String> argv, Map<String, String> environment, String directory, Bytes stdin,
    boolean staysOpen, Duration timeLimit, String mark) {
  ProcessOrder {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  /** One whose standard input ends with {@code stdin}, as that of most. */
  ProcessOrder(List<String> argv, Map<String, String> environment, String directory, Bytes stdin, Duration timeLimit,
      String mark) {
    this(argv, environment, directory, stdin, false, timeLimit, mark);
  }
}
