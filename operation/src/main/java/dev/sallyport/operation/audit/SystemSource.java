package dev.sallyport.operation.audit;

import java.nio.file.Path;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.LinuxHostOperation;
import dev.sallyport.protocol.json.JsonObject;
import dev.sallyport.protocol.operation.HostOperation;

/** The operating system, as {@code host.properties} tells it, without what each start changes. */
final class SystemSource implements Source {
  private final LinuxHostOperation host;

  SystemSource(Path root) {
    this.host = new LinuxHostOperation(root);
  }

  @Override
  public void gather(Findings findings, OperationContext context) {
    JsonObject facts = host.run(new HostOperation.Properties(), context).value();
    findings.add("os", new Fields().text("name", facts.string("os", "")).text("id", facts.string("osId", ""))
        .text("version", facts.string("osVersion", "")).text("kernel", facts.string("kernel", ""))
        .text("arch", facts.string("arch", "")).text("hostname", facts.string("hostname", ""))
        .text("timeZone", facts.string("timeZone", "")));
  }
}
