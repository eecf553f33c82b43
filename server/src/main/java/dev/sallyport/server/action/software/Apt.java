package dev.sallyport.server.action.software;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of Debian and Ubuntu. Settings that somebody changed are kept; a lock of another apt is waited for. */
record Apt() implements PackageManager {
  private static final String LOCK_SECONDS = "300";
  /** {@code Inst name [old] (new Origin:1/stable, … [amd64])}, where old is left out of new packages. */
  private static final Pattern INST = Pattern.compile("Inst (\\S+)(?: \\[([^\\]]*)\\])? \\((\\S+) ?([^\\[)]*).*");

  @Override
  public String name() {
    return "apt";
  }

  @Override
  public String program() {
    return "/usr/bin/apt-get";
  }

  @Override
  public List<String> refresh() {
    return List.of(program(), "-q", "-o", "DPkg::Lock::Timeout=" + LOCK_SECONDS, "update");
  }

  @Override
  public List<String> install(List<String> packages) {
    return changing("install", List.of(), packages);
  }

  @Override
  public List<String> install(String name, String version) {
    return changing("install", List.of("--allow-downgrades"), List.of(name + "=" + version));
  }

  @Override
  public List<String> update(List<String> packages) {
    return changing("install", List.of("--only-upgrade"), packages);
  }

  @Override
  public List<String> remove(List<String> packages, boolean settings) {
    return changing(settings ? "purge" : "remove", List.of(), packages);
  }

  @Override
  public List<String> updateAll() {
    return changing("upgrade", List.of("--with-new-pkgs"), List.of());
  }

  @Override
  public List<String> updateSecurity(List<Patch> pending) {
    return update(pending.stream().map(Patch::name).toList());
  }

  @Override
  public List<String> query(List<String> packages) {
    var argv = new ArrayList<>(
        List.of("/usr/bin/dpkg-query", "-W", "-f", "${binary:Package}\\t${Version}\\t${db:Status-Status}\\n", "--"));
    argv.addAll(packages);
    return argv;
  }

  @Override
  public Map<String, String> versions(String answer) {
    var versions = new HashMap<String, String>();
    answer.lines().map(line -> line.split("\t", -1)).filter(fields -> fields.length == 3)
        .filter(fields -> fields[2].equals("installed"))
        .forEach(fields -> versions.put(withoutArchitecture(fields[0]), fields[1]));
    return versions;
  }

  @Override
  public List<String> pending() {
    return List.of(program(), "-q", "-s", "--with-new-pkgs", "upgrade");
  }

  @Override
  public List<Patch> patches(String answer) {
    return answer.lines().map(INST::matcher).filter(Matcher::matches).map(Apt::patch).toList();
  }

  private static Patch patch(Matcher inst) {
    String installed = inst.group(2) == null ? "" : inst.group(2);
    String origin = inst.group(4).strip();
    return new Patch(inst.group(1), installed, inst.group(3), origin,
        origin.toLowerCase(Locale.ROOT).contains("security"));
  }

  private List<String> changing(String what, List<String> options, List<String> packages) {
    var argv = new ArrayList<>(List.of(program(), "-q", "-y", "-o", "DPkg::Lock::Timeout=" + LOCK_SECONDS, "-o",
        "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"));
    argv.addAll(options);
    argv.add(what);
    argv.add("--");
    argv.addAll(packages);
    return argv;
  }

  private static String withoutArchitecture(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }
}
