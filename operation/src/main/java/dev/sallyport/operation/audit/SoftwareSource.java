package dev.sallyport.operation.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.operation.OperationContext;
import dev.sallyport.operation.linux.ProcText;
import dev.sallyport.operation.process.SystemTool;
import org.jspecify.annotations.Nullable;

/** What package managers have installed. The status file of dpkg is read as it is (deb822(5)); the others are asked. */
final class SoftwareSource implements Source {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MAX_BYTES = 8 << 20;
  private static final Map<String, String> PLAIN = Map.of("LC_ALL", "C.UTF-8");

  /** What is of interest in a stanza of dpkg; anything else, descriptions above all, is passed over. */
  private static final List<String> WANTED = List.of("Package", "Status", "Version", "Architecture", "Maintainer",
      "Installed-Size");

  private final Path root;
  private final SystemTool tool;

  SoftwareSource(Path root, SystemTool tool) {
    this.root = root;
    this.tool = tool;
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException, AuditTrouble {
    dpkg(findings);
    List<String> rpm = ask(findings, context, "rpm", "-qa", "--qf",
        "%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{VENDOR}\\t%{SIZE}\\n");
    for (String line : rpm) {
      rpm(findings, line.split("\t", -1));
    }
    List<String> flatpak = ask(findings, context, "flatpak", "list", "--columns=application,version,branch,origin");
    for (String line : flatpak) {
      String[] columns = line.split("\t", -1);
      if (columns.length == 4) {
        findings.add("flatpak " + columns[0] + " " + columns[2], new Fields().text("manager", "flatpak")
            .text("name", columns[0]).text("version", columns[1]).text("vendor", columns[3]));
      }
    }
    List<String> snap = ask(findings, context, "snap", "list", "--color=never", "--unicode=never");
    for (String line : snap.subList(Math.min(1, snap.size()), snap.size())) {
      snap(findings, line.strip().split(" +", -1));
    }
  }

  private void dpkg(Findings findings) throws IOException {
    Path status = root.resolve("var/lib/dpkg/status");
    if (!Files.isRegularFile(status)) {
      findings.unsupported("dpkg");
      return;
    }
    Map<String, String> stanza = new HashMap<>();
    try (var lines = BoundedLines.of(status)) {
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        int colon = line.indexOf(':');
        if (line.isBlank()) {
          installed(findings, stanza);
          stanza.clear();
        } else if (colon > 0 && WANTED.contains(line.substring(0, colon))) {
          stanza.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
    }
    installed(findings, stanza);
  }

  private static void installed(Findings findings, Map<String, String> stanza) {
    String name = stanza.getOrDefault("Package", "");
    if (name.isEmpty() || !stanza.getOrDefault("Status", "").endsWith(" installed")) {
      return;
    }
    String arch = stanza.getOrDefault("Architecture", "");
    findings.add("dpkg " + name + ":" + arch, new Fields().text("manager", "dpkg").text("name", name)
        .text("version", stanza.getOrDefault("Version", "")).text("arch", arch)
        .text("vendor", stanza.getOrDefault("Maintainer", ""))
        .amount("bytes", ProcText.leadingNumber(stanza.getOrDefault("Installed-Size", ""), 0) << 10));
  }

  private static void rpm(Findings findings, String[] columns) {
    if (columns.length == 5) {
      String version = columns[1].startsWith("0:") ? columns[1].substring(2) : columns[1];
      findings.add("rpm " + columns[0] + "-" + version + "." + columns[2], new Fields().text("manager", "rpm")
          .text("name", columns[0]).text("version", version).text("arch", columns[2])
          .text("vendor", columns[3].equals("(none)") ? "" : columns[3])
          .amount("bytes", ProcText.leadingNumber(columns[4], 0)));
    }
  }

  /** Name, version, revision, tracking, publisher, notes. */
  private static void snap(Findings findings, String[] columns) {
    if (columns.length >= 5) {
      findings.add("snap " + columns[0], new Fields().text("manager", "snap").text("name", columns[0])
          .text("version", columns[1]).text("revision", columns[2]).text("vendor", columns[4]));
    }
  }

  /** What a manager lists; nothing where it is not installed. */
  private List<String> ask(Findings findings, OperationContext context, String program, String... arguments)
      throws IOException, AuditTrouble {
    Path path = root.resolve("usr/bin").resolve(program);
    if (!SystemTool.isThere(path.toString())) {
      findings.unsupported(program);
      return List.of();
    }
    var argv = new java.util.ArrayList<String>();
    argv.add(path.toString());
    argv.addAll(List.of(arguments));
    return lines(tool.run(argv, PLAIN, LIMIT, MAX_BYTES, context), program);
  }

  /** The lines of an answer that is whole. */
  static List<String> lines(SystemTool.Answer answer, String program) throws IOException, AuditTrouble {
    return switch (answer) {
      case SystemTool.Answer.Not not -> throw new AuditTrouble(not.ending());
      case SystemTool.Answer.Ended ended when ended.code() != 0 ->
        throw new AuditTrouble(ended.failed(program + " could not be asked"));
      case SystemTool.Answer.Ended ended when !ended.whole() ->
        throw new AuditTrouble(program + " lists more than " + (MAX_BYTES >> 20) + " MiB");
      case SystemTool.Answer.Ended ended -> {
        var lines = new java.util.ArrayList<String>();
        try (var all = new BoundedLines(new ByteArrayInputStream(ended.output().toArray()))) {
          for (@Nullable
          String line = all.next(); line != null; line = all.next()) {
            lines.add(line);
          }
        }
        yield lines;
      }
    };
  }
}
