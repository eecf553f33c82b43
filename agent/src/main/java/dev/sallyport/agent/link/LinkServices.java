package dev.sallyport.agent.link;

import dev.sallyport.agent.AgentVersion;
import dev.sallyport.agent.execute.OperationExecutor;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.session.stream.Session;

/**
 * What every link of this agent needs.
 *
 * @param linkUp told, on a thread that may block, when a link is up
 */
record LinkServices(Greeter greeter, RollingSecrets secrets, OperationExecutor executor, PrimitiveOperations primitives,
    PolicyFile policy, AgentClock clock, Log log, Runnable linkUp) {

  /** Holds the control stream's conversation on the calling thread. */
  void converse(Session session) {
    new ControlConversation(session, introduction(), executor, policy, log).run();
  }

  private AgentMessage.Describe introduction() {
    HostFacts facts = primitives.hostFacts();
    return new AgentMessage.Describe(AgentVersion.TEXT, plain(facts.hostname()), plain(facts.os()),
        plain(facts.kernel()),
        plain(facts.arch()), plain(facts.bootId()), clock.instant(), primitives.descriptions());
  }

  private static String plain(String text) {
    return PlainText.clean(text, AgentMessage.Describe.MAX_TEXT_LENGTH);
  }
}
