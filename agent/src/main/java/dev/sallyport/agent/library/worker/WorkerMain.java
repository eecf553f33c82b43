package dev.sallyport.agent.library.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sallyport.agent.library.load.JavaCode;
import dev.sallyport.agent.library.load.LibraryLoader;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.library.ArchiveSource;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryManifest;

/** The program of a worker: reads a request and a jar that the agent has verified, makes the call, says how it ended. */
public final class WorkerMain {
  private static final int MAX_FAILURE_LENGTH = 800; // characters

  private final DataOutputStream out;

  private WorkerMain(DataOutputStream out) {
    this.out = out;
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    var in = new DataInputStream(new FileInputStream(FileDescriptor.in));
    var out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
    // What the library's code prints by itself is not to be taken for our frames.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    byte[] request = in.readNBytes(in.readInt());
    new WorkerMain(out).answer(Request.decode(request), Bytes.of(in.readAllBytes()));
    System.exit(0); // whatever threads the library has left
  }

  private void answer(Request request, Bytes jar) throws IOException {
    Frame end;
    try {
      byte[] result = call(request, LibraryArchive.open(ArchiveSource.of(jar))).bytes();
      end = new Frame(Frame.Kind.RESULT, result);
    } catch (Exception | LinkageError | StackOverflowError e) {
      String why = PlainText.clean(JavaCode.explain(e), MAX_FAILURE_LENGTH);
      end = new Frame(Frame.Kind.FAILURE, why.getBytes(StandardCharsets.UTF_8));
    }
    synchronized (this) {
      end.write(out);
    }
  }

  private Json call(Request request, LibraryArchive archive) throws Exception {
    LibraryManifest manifest = request.manifest();
    return switch (manifest.code()) {
      case LibraryCode.Main(String main) -> new JavaCode(main,
          new LibraryLoader(manifest.id() + "-" + manifest.version(), archive))
          .call(request.of(), request.parameters(), this::print);
      case LibraryCode.SystemObject(String name) -> NativeCode.ofSystem(name)
          .call(request.of(), request.parameters());
      case LibraryCode.Objects objects -> NativeCode.ofArchive(objects, archive)
          .call(request.of(), request.parameters());
    };
  }

  private synchronized void print(String line) {
    try {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at == 0 || at < bytes.length; at += Frame.MAX_BYTES) {
        new Frame(Frame.Kind.LINE, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + Frame.MAX_BYTES)))
            .write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("nobody listens any more", e);
    }
  }
}
