package dev.sallyport.gateway.ftp.builtin;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

import dev.sallyport.protocol.Bytes;
import org.apache.ftpserver.ftplet.Authentication;
import org.apache.ftpserver.ftplet.AuthenticationFailedException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.usermanager.UsernamePasswordAuthentication;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;

/** The one account there is. All agents have it; what keeps them apart are the names of their links, which nobody can list or guess. */
final class AgentAccount implements UserManager {
  /** Seconds that a connection may say nothing: an agent looks every 10 s. */
  static final int IDLE_SECONDS = 60;

  private final String name;
  private final Bytes password;

  AgentAccount(String name, Bytes password) {
    this.name = name;
    this.password = password;
  }

  /** A log-in. */
  static final class Caller extends BaseUser {
    private final InetAddress remote;

    Caller(String name, InetAddress remote) {
      this.remote = remote;
      setName(name);
      setEnabled(true);
      setHomeDirectory("/");
      setMaxIdleTime(IDLE_SECONDS);
      setAuthorities(List.of(new ConcurrentLoginPermission(0, 0)));
    }

    /** Where it comes from. */
    InetAddress remote() {
      return remote;
    }
  }

  @Override
  public User authenticate(Authentication authentication) throws AuthenticationFailedException {
    if (authentication instanceof UsernamePasswordAuthentication given && given.getPassword() != null
        && name.equals(given.getUsername())
        && MessageDigest.isEqual(password.toArray(), given.getPassword().getBytes(StandardCharsets.UTF_8))) {
      return new Caller(name, given.getUserMetadata().getInetAddress());
    }
    throw new AuthenticationFailedException("wrong user or password");
  }

  @Override
  public User getUserByName(String user) {
    return new Caller(name, InetAddress.getLoopbackAddress());
  }

  @Override
  public String[] getAllUserNames() {
    return new String[]{name};
  }

  @Override
  public void delete(String user) {
    throw new UnsupportedOperationException("there is one account");
  }

  @Override
  public void save(User user) {
    throw new UnsupportedOperationException("there is one account");
  }

  @Override
  public boolean doesExist(String user) {
    return name.equals(user);
  }

  @Override
  public String getAdminName() {
    return "";
  }

  @Override
  public boolean isAdmin(String user) {
    return false;
  }
}
