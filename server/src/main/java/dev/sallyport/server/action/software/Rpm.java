package dev.sallyport.server.action.software;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is installed, where packages are those of rpm. */
final class Rpm {
  private Rpm() {
  }

  static List<String> query(List<String> packages) {
    var argv = new ArrayList<>(List.of("/usr/bin/rpm", "-q", "--qf", "%{NAME}\\t%{EVR}\\n", "--"));
    argv.addAll(packages);
    return argv;
  }

  /** Lines without a tab tell of packages that are not installed. */
  static Map<String, String> versions(String answer) {
    var versions = new HashMap<String, String>();
    answer.lines().map(line -> line.split("\t", -1)).filter(fields -> fields.length == 2)
        .forEach(fields -> versions.put(fields[0], fields[1]));
    return versions;
  }
}
