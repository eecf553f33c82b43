package dev.sallyport.agent.link;

import java.util.ArrayList;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.channel.AgentMessage;
import dev.sallyport.protocol.channel.ResetCode;
import dev.sallyport.protocol.channel.ServerMessage;
import dev.sallyport.protocol.channel.StreamKind;
import dev.sallyport.protocol.operation.OperationId;
import dev.sallyport.session.stream.Session;
import dev.sallyport.session.stream.SessionClosedException;
import dev.sallyport.session.stream.SessionStream;
import dev.sallyport.session.stream.StreamResetException;
import org.jspecify.annotations.Nullable;

/**
 * The control stream: the agent introduces itself and says which results it holds, the server says what to keep to and what to forget.
 * Runs on a virtual thread for as long as the session lives.
 */
final class ControlConversation implements Runnable {
  private final Session session;
  private final AgentMessage.Describe introduction;
  private final AgentMessage.Way way;
  private final LinkServices services;
  private volatile @Nullable SessionStream stream;
  private volatile boolean ended;

  ControlConversation(Session session, AgentMessage.Describe introduction, AgentMessage.Way way,
      LinkServices services) {
    this.session = session;
    this.introduction = introduction;
    this.way = way;
    this.services = services;
  }

  @Override
  public void run() {
    try {
      SessionStream opened = session.open(StreamKind.CONTROL.code(), new byte[0]);
      stream = opened;
      if (ended) {
        end(); // it was said before there was a stream to end
      }
      opened.write(introduction.encode(), false);
      tellHeld(opened);
      opened.write(way.encode(), false);
      for (byte[] message = opened.read(); message != null; message = opened.read()) {
        hear(message);
      }
    } catch (SessionClosedException | StreamResetException | InterruptedException e) {
      // The session ends and this conversation with it; the next session has its own.
      return;
    }
  }

  /** The session drains: this stream is not to keep it alive. Does not block. */
  void end() {
    ended = true;
    SessionStream open = stream;
    if (open != null) {
      open.reset(ResetCode.CANCELLED.code());
    }
  }

  private void tellHeld(SessionStream to)
      throws SessionClosedException, StreamResetException, InterruptedException {
    List<OperationId> held = services.executor().held();
    int told = 0;
    do {
      int next = Math.min(held.size(), told + ServerMessage.Settled.MAX_IDS);
      to.write(new AgentMessage.Held(new ArrayList<>(held.subList(told, next)), next < held.size()).encode(),
          false);
      told = next;
    } while (told < held.size());
  }

  /** A message of a newer server is no reason to lose the link. */
  private void hear(byte[] bytes) {
    ServerMessage message;
    try {
      message = ServerMessage.decode(bytes);
    } catch (ProtocolException e) {
      services.log().repeated("control", "the server said something this agent does not understand: " + e.getMessage());
      return;
    }
    switch (message) {
      case ServerMessage.Policy newer -> reordered(services.policy().replace(newer.policy()));
      case ServerMessage.Servers servers -> reordered(services.doors().told(servers.addresses()));
      case ServerMessage.Settled settled -> settled.ids().forEach(services.executor()::settle);
      case ServerMessage.Cancel cancel -> services.executor().cancel(cancel.id());
    }
  }

  private void reordered(boolean isSo) {
    if (isSo) {
      services.reordered().run();
    }
  }
}
