package dev.sallyport.gateway.link;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.operation.OperationDescription;

/**
 * Lets agents that can do the same share one list of it: a fleet has few versions but many agents, and the list is the
 * largest thing an agent says of itself. Bounded, for a hostile agent can make up lists.
 */
final class SharedDescriptions {
  private static final int MAX_LISTS = 256;

  private final Map<List<OperationDescription>, List<OperationDescription>> lists = new ConcurrentHashMap<>();

  AgentMessage.Describe share(AgentMessage.Describe said) {
    List<OperationDescription> known = lists.get(said.operations());
    if (known == null) {
      if (lists.size() < MAX_LISTS) {
        lists.put(said.operations(), said.operations());
      }
      return said;
    }
    return new AgentMessage.Describe(said.version(), said.hostname(), said.os(), said.kernel(), said.arch(),
        said.bootId(),
        said.clock(), known);
  }
}
