package dev.sallyport.transport.ftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

import dev.sallyport.protocol.ServerAddress;
import dev.sallyport.transport.tls.TestIdentity;
import org.jspecify.annotations.Nullable;

/** An FTP server on loopback with its files in memory, which serves each command as its script says. */
final class FaultyFtpServer implements AutoCloseable {
  /** What this server knows. */
  enum Skill {
    SIZE, MLSD, NLST, EPSV
  }

  final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();
  final Set<String> directories = ConcurrentHashMap.newKeySet();
  final List<String> commands = Collections.synchronizedList(new ArrayList<>());

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final @Nullable TestIdentity identity;
  private final Set<Skill> skills;
  private final BiFunction<Integer, String, Fate> script;
  private final Thread acceptor = Thread.ofPlatform().daemon().unstarted(this::accept);
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  FaultyFtpServer(@Nullable TestIdentity identity, Set<Skill> skills, BiFunction<Integer, String, Fate> script)
      throws IOException {
    this.identity = identity;
    this.skills = skills;
    this.script = script;
    acceptor.start();
  }

  static FaultyFtpServer faithful() throws IOException {
    return new FaultyFtpServer(null, Set.of(Skill.values()), (number, command) -> Fate.SERVED);
  }

  ServerAddress address() {
    return ServerAddress.of((identity == null ? "ftp" : "ftps") + "://agent:p%40ss@localhost:" + listener.getLocalPort()
        + "/drop");
  }

  /** The link directories there are. */
  List<String> links() {
    return directories.stream().filter(name -> name.matches("drop/[0-9a-f]{16}")).map(name -> name.substring(5))
        .toList();
  }

  /** What no client should ever bring about. */
  List<Throwable> failures() {
    return failures;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        Thread.ofVirtual().start(() -> {
          try (connection) {
            new Conversation(connection).serve();
          } catch (CutException | IOException e) {
            // of a client that went, or by the script
          } catch (RuntimeException e) {
            failures.add(e);
          }
        });
      } catch (IOException e) {
        if (!listener.isClosed()) {
          failures.add(e);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the listener closed");
    }
  }

  private static final class CutException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class Conversation {
    private Socket control;
    private BufferedReader in;
    private OutputStream out;
    private @Nullable ServerSocket passive;
    private boolean isPrivate;
    private String base = "";
    private String renaming = "";

    Conversation(Socket control) throws IOException {
      this.control = control;
      this.in = reader(control);
      this.out = control.getOutputStream();
    }

    private BufferedReader reader(Socket socket) throws IOException {
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void serve() throws IOException {
      try {
        say("220-hello", " 220 there", "220 ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          int space = line.indexOf(' ');
          String verb = space < 0 ? line : line.substring(0, space);
          String argument = space < 0 ? "" : line.substring(space + 1);
          int number;
          synchronized (commands) {
            number = commands.size();
            commands.add(line);
          }
          obey(verb, argument, script.apply(number, line));
        }
      } finally {
        if (passive != null) {
          passive.close();
        }
      }
    }

    private void obey(String verb, String argument, Fate fate) throws IOException {
      boolean transfer = List.of("STOR", "RETR", "MLSD", "NLST", "LIST").contains(verb);
      if (fate == Fate.CUT_BEFORE || (fate == Fate.CUT_WITHIN && !transfer)) {
        throw new CutException();
      }
      if (transfer) {
        transfer(verb, argument, fate);
        return;
      }
      String answer = answer(verb, argument);
      if (fate == Fate.CUT_AFTER) {
        throw new CutException();
      }
      say(answer);
      if (verb.equals("AUTH") && identity != null) {
        SSLSocket tls = (SSLSocket) identity.server().getSocketFactory().createSocket(control, null, 0, true);
        tls.setUseClientMode(false);
        control = tls;
        in = reader(tls);
        out = tls.getOutputStream();
      }
    }

    private String answer(String verb, String argument) throws IOException {
      String path = base + argument;
      return switch (verb) {
        case "AUTH" -> identity == null ? "502 no" : "234 go on";
        case "USER" -> argument.equals("agent") ? "331 password" : "530 who";
        case "PASS" -> argument.equals("p@ss") ? "230-welcome\r\n230 in" : "530 wrong";
        case "PBSZ" -> "200 fine";
        case "PROT" -> {
          isPrivate = true;
          yield "200 fine";
        }
        case "TYPE" -> "200 binary";
        case "FEAT" ->
          "211-features\r\n" + skills.stream().map(skill -> " " + (skill == Skill.MLSD ? "MLST type*;" : skill))
              .collect(Collectors.joining("\r\n")) + "\r\n211 end";
        case "CWD" -> {
          base = argument + "/";
          yield "250 there";
        }
        case "MKD" -> directories.add(path) ? "257 made" : "550 there";
        case "RMD" -> hasEntries(path) || !directories.remove(path) ? "550 no" : "250 gone";
        case "SIZE" -> !skills.contains(Skill.SIZE)
            ? "502 what"
            : files.containsKey(path) ? "213 " + files.get(path).length : "550 none";
        case "DELE" -> files.remove(path) == null ? "550 none" : "250 gone";
        case "RNFR" -> {
          renaming = path;
          yield files.containsKey(path) ? "350 and" : "550 none";
        }
        case "RNTO" -> {
          byte[] content = files.remove(renaming);
          if (content == null) {
            yield "550 gone";
          }
          files.put(path, content);
          yield "250 renamed";
        }
        case "EPSV" -> skills.contains(Skill.EPSV) ? "229 here (|||" + listen() + "|)" : "500 what";
        case "PASV" -> {
          int port = listen(); // an address that leads nowhere, as behind a gateway
          yield "227 here (192,0,2,1," + (port >> 8) + "," + (port & 0xFF) + ")";
        }
        default -> "502 what";
      };
    }

    private boolean hasEntries(String directory) {
      return directories.stream().anyMatch(name -> name.startsWith(directory + "/"))
          || !files.subMap(directory + "/", directory + "0").isEmpty();
    }

    private int listen() throws IOException {
      if (passive != null) {
        passive.close();
      }
      passive = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      return passive.getLocalPort();
    }

    private void transfer(String verb, String argument, Fate fate) throws IOException {
      String path = base + argument;
      boolean known = verb.equals("STOR") || verb.equals("LIST")
          || verb.equals("RETR") || skills.contains(Skill.valueOf(verb));
      boolean there = verb.equals("RETR")
          ? files.containsKey(path)
          : directories.contains(verb.equals("STOR") ? path.substring(0, path.lastIndexOf('/')) : path);
      ServerSocket waiting = passive;
      if (!known || !there || waiting == null) {
        say(known ? "550 none" : "502 what");
        return;
      }
      try (Socket data = waiting.accept()) {
        say("150 now");
        Socket top = secured(data);
        boolean half = fate == Fate.CUT_WITHIN || fate == Fate.CUT_SHORT;
        if (verb.equals("STOR")) {
          byte[] content = top.getInputStream().readAllBytes();
          files.put(path, half ? Arrays.copyOf(content, content.length / 2) : content);
        } else {
          byte[] content = verb.equals("RETR") ? files.getOrDefault(path, new byte[0]) : listing(verb, path);
          top.getOutputStream().write(content, 0, half ? content.length / 2 : content.length);
          top.getOutputStream().flush();
        }
        top.close();
      }
      if (fate == Fate.CUT_WITHIN || fate == Fate.CUT_AFTER) {
        throw new CutException();
      }
      say("226 done");
    }

    private Socket secured(Socket data) throws IOException {
      if (identity == null || !isPrivate) {
        return data;
      }
      SSLSocket tls = (SSLSocket) identity.server().getSocketFactory().createSocket(data, null, 0, true);
      tls.setUseClientMode(false);
      return tls;
    }

    private byte[] listing(String verb, String directory) {
      return files.subMap(directory + "/", directory + "0").keySet().stream().map(path -> switch (verb) {
        case "MLSD" -> "type=file; " + path.substring(directory.length() + 1);
        case "NLST" -> path;
        default -> "-rw-r--r-- 1 ftp ftp 17 Nov 22 10:00 " + path.substring(directory.length() + 1);
      }).collect(Collectors.joining("\r\n", "", "\r\n")).getBytes(StandardCharsets.UTF_8);
    }

    private void say(String... lines) throws IOException {
      out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
