package dev.sallyport.acceptance.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.testing.installation.Program;

/** A computer of the scene: a network namespace, and files in place of some of this machine's. */
final class Place {
  private static final String HOSTS = "/etc/hosts";
  private static final String RESOLVER = "/etc/resolv.conf";

  private final String name;
  private final Path folder;
  private final Map<String, Path> files = new LinkedHashMap<>();
  private final List<Program> programs = new ArrayList<>();

  /** @param folder where all that belongs to it is kept */
  Place(Path folder, String name) throws IOException {
    this.name = name;
    this.folder = Files.createDirectories(folder.resolve(name));
    Command.run("ip", "netns", "add", name);
    ip("link set lo up");
    hosts("");
    file(RESOLVER, "");
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  /** {@code ip} in this place, its words parted by spaces. */
  void ip(String words) throws IOException {
    var command = new ArrayList<>(List.of("ip", "-n", name));
    command.addAll(List.of(words.split(" ", -1)));
    Command.feed("", command);
  }

  /** A cable from here to there. */
  void cable(String device, Place other, String otherDevice) throws IOException {
    Command.run("ip", "link", "add", device, "netns", name, "type", "veth", "peer", "name", otherDevice, "netns",
        other.name);
    ip("link set " + device + " up");
    other.ip("link set " + otherDevice + " up");
  }

  /** Rules for packets; a table that is given again replaces the one before. */
  void nft(String rules) throws IOException {
    Command.feed(rules, inside(List.of("nft", "-f", "-")));
  }

  /** Packets of a rule {@code counter name NAME} in the table {@code inet scene}. */
  long counted(String counter) throws IOException {
    String said = run("nft", "list", "counter", "inet", "scene", counter);
    String packets = said.substring(said.indexOf("packets ") + "packets ".length());
    return Long.parseLong(packets.substring(0, packets.indexOf(' ')));
  }

  void sysctl(String key, String value) throws IOException {
    run("sh", "-c", "echo \"$1\" >\"/proc/sys/$2\"", "sh", value, key.replace('.', '/'));
  }

  String run(String... command) throws IOException {
    return Command.feed("", inside(List.of(command)));
  }

  /** What this place's {@code /etc/hosts} says beside loopback, lines of address and name; running programs see it too. */
  void hosts(String lines) throws IOException {
    file(HOSTS, "127.0.0.1 localhost\n::1 localhost\n" + lines + "\n");
  }

  /** What this place's {@code /etc/resolv.conf} says; nobody is waited for long. */
  void resolver(String lines) throws IOException {
    file(RESOLVER, lines + "\noptions timeout:1 attempts:1\n");
  }

  /** Programs started here find this content at that path. Written in place: those that run already read it too. */
  Path file(String path, String content) throws IOException {
    Path mine = folder.resolve(path.substring(1).replace('/', '-'));
    Files.writeString(mine, content);
    files.put(path, mine);
    return mine;
  }

  Program start(String log, Map<String, String> environment, List<String> command) throws IOException {
    Program program = Program.start(folder.resolve(log + ".log"), environment, inside(command));
    programs.add(program);
    return program;
  }

  /** The command by which a program is started in this place. */
  List<String> inside(List<String> command) {
    var mounts = new StringBuilder();
    for (var file : files.entrySet()) {
      mounts.append("mount --bind ").append(file.getValue()).append(" \"$(readlink -f ").append(file.getKey())
          .append(")\" && ");
    }
    var words = new ArrayList<>(List.of("ip", "netns", "exec", name, "sh", "-c", mounts + "exec \"$@\"", "sh"));
    words.addAll(command);
    return words;
  }

  /** A program that runs elsewhere ends with this place. */
  void endsWith(Program program) {
    programs.add(program);
  }

  /** Ends what runs here, and takes the place with all its cables away. */
  void remove() throws IOException {
    for (Program program : programs) {
      program.kill();
    }
    Command.run("ip", "netns", "delete", name);
  }
}
