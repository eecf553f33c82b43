package dev.sallyport.agent.link;

import dev.sallyport.agent.AgentVersion;
import dev.sallyport.agent.execute.OperationExecutor;
import dev.sallyport.agent.identity.RollingSecrets;
import dev.sallyport.agent.ladder.Doors;
import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.time.AgentClock;
import dev.sallyport.agent.time.ServerClock;
import dev.sallyport.operation.PrimitiveOperations;
import dev.sallyport.operation.host.HostFacts;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.session.stream.Session;

/**
 * What every link of this agent needs.
 *
 * @param doors the server's, as far as they are known
 * @param reordered told when the server wishes for other ways than before
 * @param cuts told of links that end without a word of why
 * @param answer takes in what the server says with its answer to HELLO
 */
record LinkServices(Greeter greeter, RollingSecrets secrets, OperationExecutor executor, PrimitiveOperations primitives,
    PolicyFile policy, Doors doors, Runnable reordered, AgentClock clock, ServerClock serverClock, Log log,
    ServerAnswer answer, QuietCuts cuts) {

  /** The conversation on a session's control stream, not yet begun. */
  ControlConversation conversation(Session session, AgentMessage.Way way) {
    return new ControlConversation(session, introduction(), way, this);
  }

  private AgentMessage.Describe introduction() {
    HostFacts facts = PrimitiveOperations.hostFacts();
    return new AgentMessage.Describe(AgentVersion.TEXT, plain(facts.hostname()), plain(facts.os()),
        plain(facts.kernel()),
        plain(facts.arch()), plain(facts.bootId()), clock.instant(), primitives.descriptions());
  }

  private static String plain(String text) {
    return PlainText.clean(text, AgentMessage.Describe.MAX_TEXT_LENGTH);
  }
}
