package dev.sallyport.server.action.software;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Of Fedora and its kin. */
record Dnf() implements PackageManager {
  @Override
  public String name() {
    return "dnf";
  }

  @Override
  public String program() {
    return "/usr/bin/dnf";
  }

  @Override
  public List<String> refresh() {
    return List.of(program(), "-y", "makecache", "--refresh");
  }

  @Override
  public List<String> install(List<String> packages) {
    return changing("install", packages);
  }

  @Override
  public List<String> install(String name, String version) {
    return changing("install", List.of(name + "-" + version));
  }

  @Override
  public List<String> update(List<String> packages) {
    return changing("upgrade", packages);
  }

  @Override
  public List<String> remove(List<String> packages, boolean settings) {
    return changing("remove", packages);
  }

  @Override
  public List<String> updateAll() {
    return List.of(program(), "-y", "upgrade");
  }

  @Override
  public List<String> updateSecurity(List<Patch> pending) {
    return List.of(program(), "-y", "upgrade", "--security");
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
    return List.of(program(), "-q", "repoquery", "--upgrades", "--qf", "%{name}\\t%{evr}\\t%{repoid}\\n");
  }

  @Override
  public List<Patch> patches(String answer) {
    return answer.lines().map(line -> line.split("\t", -1)).filter(fields -> fields.length == 3)
        .map(fields -> new Patch(fields[0], "", fields[1], fields[2], false)).distinct().toList();
  }

  private List<String> changing(String what, List<String> packages) {
    var argv = new ArrayList<>(List.of(program(), "-y", what, "--"));
    argv.addAll(packages);
    return argv;
  }
}
