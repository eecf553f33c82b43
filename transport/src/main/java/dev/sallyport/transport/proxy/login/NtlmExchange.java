package dev.sallyport.transport.proxy.login;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.transport.proxy.ntlm.NtlmLogin;

/** NTLM version 2 (MS-NTHT): two requests on one connection, which is then logged in; nothing more is shown on it. */
final class NtlmExchange implements LoginExchange {
  static final String SCHEME = "ntlm";

  /** How far this connection is. */
  private enum Step {
    OPENING, ANSWERING, DONE
  }

  private final NtlmLogin login;
  private Step step = Step.OPENING;
  private byte[] answer = new byte[0];

  NtlmExchange(Login login, SecureRandom random) {
    this.login = new NtlmLogin(login.user(), login.password(), random, InstantSource.system());
  }

  @Override
  public String credentials(String method, String target) {
    return switch (step) {
      case OPENING -> header(login.negotiate());
      case ANSWERING -> header(answer);
      case DONE -> "";
    };
  }

  private static String header(byte[] message) {
    return "NTLM " + Base64.getEncoder().encodeToString(message);
  }

  @Override
  public boolean continues(List<Challenge> offered) {
    return switch (step) {
      case OPENING -> answers(offered);
      case ANSWERING -> false;
      case DONE -> {
        step = Step.OPENING; // it forgot the connection
        yield true;
      }
    };
  }

  private boolean answers(List<Challenge> offered) {
    for (Challenge challenge : offered) {
      if (challenge.scheme().equals(SCHEME) && !challenge.data().isEmpty()) {
        answer = login.authenticate(decoded(challenge.data()));
        step = Step.ANSWERING;
        return true;
      }
    }
    return false;
  }

  private static byte[] decoded(String data) {
    try {
      return Base64.getDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("an NTLM challenge is not in Base 64", e);
    }
  }

  @Override
  public void passed() {
    step = Step.DONE;
  }

  @Override
  public void reconnected() {
    step = Step.OPENING;
  }
}
