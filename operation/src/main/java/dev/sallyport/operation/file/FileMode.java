package dev.sallyport.operation.file;

/** What inode(7) calls a file's mode: its kind and its permissions in one number. */
public final class FileMode {
  private static final int PERMISSION_BITS = 07777;
  private static final int KIND_BITS = 0170000;
  private static final int FILE = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;

  private FileMode() {
  }

  static boolean isFile(int mode) {
    return (mode & KIND_BITS) == FILE;
  }

  /** Whether it is a directory's. */
  public static boolean isDirectory(int mode) {
    return (mode & KIND_BITS) == DIRECTORY;
  }

  /** Whether it is a symbolic link's. */
  public static boolean isLink(int mode) {
    return (mode & KIND_BITS) == LINK;
  }

  /** {@code file}, {@code directory}, {@code symlink} or {@code other}. */
  public static String kind(int mode) {
    return switch (mode & KIND_BITS) {
      case FILE -> "file";
      case DIRECTORY -> "directory";
      case LINK -> "symlink";
      default -> "other";
    };
  }

  static int permissions(int mode) {
    return mode & PERMISSION_BITS;
  }

  /** Four octal digits, for example 0644. */
  public static String octal(int mode) {
    String digits = Integer.toOctalString(permissions(mode));
    return "0000".substring(digits.length()) + digits;
  }
}
