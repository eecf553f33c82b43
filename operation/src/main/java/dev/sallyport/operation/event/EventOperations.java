package dev.sallyport.operation.event;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import dev.sallyport.operation.Ending;
import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.Primitive;
import dev.sallyport.operation.process.SystemTool;
import dev.sallyport.protocol.operation.EventOperation;
import dev.sallyport.protocol.operation.Outcome;
import dev.sallyport.protocol.operation.Platform;

/** The family of operations on what the system has noted: the first of the machine's logs that can be read is asked. */
public final class EventOperations implements Primitive<EventOperation> {
  private static final String JOURNALCTL = "/usr/bin/journalctl";

  private final boolean windows;
  private final SystemTool tool;

  public EventOperations(Optional<Platform> platform, SystemTool tool) {
    this.windows = platform.isPresent() && platform.get() == Platform.WINDOWS;
    this.tool = tool;
  }

  /** Those of this machine; made when they are asked for, since time zones are costly at the agent's start. */
  private List<EventLog> logs() {
    return windows
        ? List.of(new WindowsEvents(tool))
        : List.of(new Journal(tool, List.of(JOURNALCTL)),
            new SyslogFiles(List.of(Path.of("/var/log/syslog"), Path.of("/var/log/messages")), InstantSource.system(),
                ZoneId.systemDefault()));
  }

  @Override
  public Ending run(EventOperation operation, OperationContext context) {
    return switch (operation) {
      case EventOperation.Read read -> read(logs(), read, context);
    };
  }

  static Ending read(List<EventLog> logs, EventOperation.Read read, OperationContext context) {
    Ending ending = Ending.without(Outcome.UNSUPPORTED, "this machine keeps no log");
    for (EventLog log : logs) {
      ending = log.read(read, context);
      if (ending.outcome() != Outcome.UNSUPPORTED) {
        break;
      }
    }
    return ending;
  }
}
