package dev.sallyport.operation.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of {@code /proc/self/mountinfo}, see proc_pid_mountinfo(5).
 *
 * @param point where it is mounted
 * @param device what is mounted there
 * @param type of file system
 * @param readOnly whether it can only be read
 */
record Mount(String point, String device, String type, boolean readOnly) {
  /** File systems that keep nothing on any disk. */
  private static final Set<String> NOT_DISKS = Set.of("autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs",
      "debugfs", "devpts",
      "devtmpfs", "efivarfs", "fusectl", "hugetlbfs", "mqueue", "nsfs", "proc", "pstore", "ramfs", "rpc_pipefs",
      "securityfs", "selinuxfs",
      "squashfs", "sysfs", "tracefs");

  /** File systems behind a network or a program: asking for their size may hang for ever when that is gone. */
  private static final Set<String> REMOTE = Set.of("9p", "afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs",
      "nfs4", "ocfs2",
      "smb3", "smbfs", "virtiofs");

  private static final int POINT_FIELD = 4;
  private static final int OPTIONS_FIELD = 5;

  boolean disk() {
    return !NOT_DISKS.contains(type);
  }

  boolean remote() {
    return REMOTE.contains(type) || type.startsWith("fuse");
  }

  static List<Mount> parse(String mountinfo) {
    var mounts = new ArrayList<Mount>();
    for (String line : ProcText.lines(mountinfo)) {
      parseLine(line).ifPresent(mounts::add);
    }
    return mounts;
  }

  /** After the sixth field come any number of optional ones, then " - ", type, device, options of the file system. */
  private static Optional<Mount> parseLine(String line) {
    int separator = line.indexOf(" - ");
    if (separator < 0) {
      return Optional.empty();
    }
    String[] before = line.substring(0, separator).split(" ");
    String[] after = line.substring(separator + 3).split(" ");
    if (before.length <= OPTIONS_FIELD || after.length < 2) {
      return Optional.empty();
    }
    boolean readOnly = has(before[OPTIONS_FIELD], "ro") || (after.length > 2 && has(after[2], "ro"));
    return Optional.of(new Mount(unescape(before[POINT_FIELD]), unescape(after[1]), after[0], readOnly));
  }

  private static boolean has(String options, String option) {
    return List.of(options.split(",")).contains(option);
  }

  /** The kernel writes blanks and backslashes as three octal digits. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int code = text.charAt(i) == '\\' && i + 3 < text.length() ? octal(text, i + 1) : -1;
      if (code >= 0) {
        plain.append((char) code);
        i += 3;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  private static int octal(String text, int from) {
    int code = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      code = code * 8 + digit;
    }
    return code < 128 ? code : -1;
  }
}
