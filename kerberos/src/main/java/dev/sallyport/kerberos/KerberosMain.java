package dev.sallyport.kerberos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.LoginException;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.Oid;

/**
 * Reads the host name of a proxy from standard input and writes a token for it to standard output.
 *
 * <pre>
 * question: host name in UTF-8, up to the end
 * answer:   'R' token in Base 64 (RFC 4559 section 4.1)  or  'E' what is wrong, in UTF-8, up to the end
 * </pre>
 */
public final class KerberosMain {
  /** Most bytes of a host name. */
  static final int MAX_NAME_BYTES = 255;

  /** SPNEGO (RFC 4178), which lets both sides agree on Kerberos. */
  private static final String SPNEGO = "1.3.6.1.5.5.2";

  private KerberosMain() {
  }

  public static void main(String[] args) throws IOException {
    System.out.write(answer(host(System.in)).getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }

  private static String host(InputStream question) throws IOException {
    byte[] name = question.readNBytes(MAX_NAME_BYTES + 1);
    if (name.length > MAX_NAME_BYTES) {
      throw new IOException("a host name has at most " + MAX_NAME_BYTES + " bytes");
    }
    return new String(name, StandardCharsets.UTF_8);
  }

  private static String answer(String host) {
    try {
      return "R" + Base64.getEncoder().encodeToString(Subject.callAs(TicketCache.owner(), () -> token(host)));
    } catch (LoginException e) {
      return "Ethis account has no Kerberos ticket; get one with kinit, and name its place in KRB5CCNAME if it is not the usual one";
    } catch (CompletionException e) {
      String why = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
      return "Ethe realm gives no ticket for HTTP/" + host + " (" + why
          + "); check the proxy's name and what the realm knows of it";
    }
  }

  /** The proxy is not asked to prove itself: whom the connection reaches is proven to the server behind it. No right is delegated. */
  private static byte[] token(String host) throws GSSException {
    GSSManager manager = GSSManager.getInstance();
    GSSName proxy = manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
    GSSContext context = manager.createContext(proxy, new Oid(SPNEGO), null, GSSContext.DEFAULT_LIFETIME);
    try {
      context.requestMutualAuth(false);
      context.requestCredDeleg(false);
      return context.initSecContext(new byte[0], 0, 0);
    } finally {
      context.dispose();
    }
  }
}
