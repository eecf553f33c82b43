package dev.sallyport.operation.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sallyport.operation.OperationContext;
import org.jspecify.annotations.Nullable;

/** The queues of CUPS, from printers.conf(5), which only root may read. */
final class PrintersSource implements Source {
  private final Path root;

  PrintersSource(Path root) {
    this.root = root;
  }

  @Override
  public void gather(Findings findings, OperationContext context) throws IOException {
    Path file = root.resolve("etc/cups/printers.conf");
    if (!Files.isDirectory(root.resolve("etc/cups")) || (Files.exists(file) && !Files.isReadable(file))) {
      findings.unsupported("cups");
      return;
    }
    if (!Files.exists(file)) {
      return;
    }
    try (var lines = BoundedLines.of(file)) {
      String name = "";
      var fields = new Fields();
      for (@Nullable
      String line = lines.next(); line != null; line = lines.next()) {
        String text = line.strip();
        if (isBegin(text)) {
          name = text.substring(text.indexOf(' ') + 1, text.length() - 1).strip();
          fields = new Fields().flag("default", text.startsWith("<Default"));
        } else if (text.equals("</Printer>") || text.equals("</DefaultPrinter>")) {
          if (!name.isEmpty()) {
            findings.add(name, fields);
          }
          name = "";
        } else if (!name.isEmpty()) {
          take(text, fields);
        }
      }
    }
  }

  private static boolean isBegin(String text) {
    return (text.startsWith("<Printer ") || text.startsWith("<DefaultPrinter ")) && text.endsWith(">");
  }

  private static void take(String line, Fields fields) {
    int space = line.indexOf(' ');
    String value = space < 0 ? "" : line.substring(space + 1).strip();
    switch (space < 0 ? line : line.substring(0, space)) {
      case "Info" -> fields.text("description", value);
      case "Location" -> fields.text("location", value);
      case "MakeModel" -> fields.text("model", value);
      case "DeviceURI" -> fields.text("device", withoutLogin(value));
      case "Shared" -> fields.text("shared", value);
      default -> {
        // Times and counts, which change with every page printed.
      }
    }
  }

  /** Addresses of print servers may carry a user and a password, and a password may hold any character: rather too much goes than too little. */
  static String withoutLogin(String uri) {
    int begin = uri.indexOf("://");
    int at = uri.lastIndexOf('@');
    return begin < 0 || at < begin ? uri : uri.substring(0, begin + 3) + uri.substring(at + 1);
  }
}
