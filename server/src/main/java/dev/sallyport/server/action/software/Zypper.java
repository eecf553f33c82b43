package dev.sallyport.server.action.software;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Of SUSE. */
record Zypper() implements PackageManager {
  @Override
  public String name() {
    return "zypper";
  }

  @Override
  public String program() {
    return "/usr/bin/zypper";
  }

  @Override
  public List<String> refresh() {
    return List.of(program(), "--non-interactive", "refresh");
  }

  @Override
  public List<String> install(List<String> packages) {
    return changing("install", packages);
  }

  @Override
  public List<String> install(String name, String version) {
    return changing("install", List.of(name + "=" + version));
  }

  @Override
  public List<String> update(List<String> packages) {
    return changing("update", packages);
  }

  @Override
  public List<String> remove(List<String> packages, boolean settings) {
    return changing("remove", packages);
  }

  @Override
  public List<String> updateAll() {
    return List.of(program(), "--non-interactive", "update");
  }

  @Override
  public List<String> updateSecurity(List<Patch> pending) {
    return List.of(program(), "--non-interactive", "patch", "--category", "security");
  }

  @Override
  public List<String> query(List<String> packages) {
    return Rpm.query(packages);
  }

  @Override
  public Map<String, String> versions(String answer) {
    return Rpm.versions(answer);
  }

  @Override
  public List<String> pending() {
    return List.of(program(), "--non-interactive", "--quiet", "list-updates");
  }

  /** A table: {@code S | Repository | Name | Current Version | Available Version | Arch}, where S is v for what can be updated. */
  @Override
  public List<Patch> patches(String answer) {
    return answer.lines()
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .filter(cells -> cells.size() == 6 && cells.getFirst().equals("v"))
        .map(cells -> new Patch(cells.get(2), cells.get(3), cells.get(4), cells.get(1), false)).toList();
  }

  private List<String> changing(String what, List<String> packages) {
    var argv = new ArrayList<>(List.of(program(), "--non-interactive", what, "--"));
    argv.addAll(packages);
    return argv;
  }
}
