package dev.sallyport.agent.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.sallyport.agent.library.load.JavaCode;
import dev.sallyport.agent.library.load.LibraryLoader;
import dev.sallyport.protocol.Bytes;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.Isolation;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryManifest;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are loaded. At most one of each library takes new calls; one that was replaced, dropped or spoilt is unloaded when its last
 * call has ended. {@code lock} guards the table and is not held during calls.
 */
final class Shelf {
  private final LibraryStore store;
  private final Workers workers;
  private final Abandoned abandoned = new Abandoned();
  private final Object lock = new Object();
  private final Map<String, Loaded> current = new HashMap<>();

  Shelf(LibraryStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /** A version in use; whoever holds it calls its code, then gives it back. */
  static final class Loaded {
    private final VerifiedJar jar;
    private final Code code;
    private int calls;
    private boolean retired;

    Loaded(VerifiedJar jar, Code code) {
      this.jar = jar;
      this.code = code;
    }

    LibraryManifest manifest() {
      return jar.manifest();
    }

    Code code() {
      return code;
    }

    private boolean isOf(Bytes sha256) {
      return jar.statement().sha256().equals(sha256);
    }
  }

  /**
   * Returns the version of this jar for one call, loading it if it is not.
   *
   * @throws NotHeldException if the jar is not here
   * @throws ProtocolException if it is not to be loaded
   */
  Loaded take(Bytes jar) throws IOException {
    synchronized (lock) {
      Loaded found = find(jar);
      if (found != null && !found.code.spoilt()) {
        requireStillAdmitted(found);
        found.calls++;
        return found;
      }
      Loaded fresh = load(store.open(jar));
      fresh.calls++;
      Loaded before = current.put(fresh.manifest().id(), fresh);
      if (before != null) {
        retire(before);
      }
      return fresh;
    }
  }

  /** What counts may have changed since it was loaded. */
  private void requireStillAdmitted(Loaded loaded) {
    try {
      store.admit(loaded.jar.envelope());
    } catch (ProtocolException e) {
      current.remove(loaded.manifest().id());
      retire(loaded);
      throw e;
    }
  }

  private @Nullable Loaded find(Bytes jar) {
    for (Loaded loaded : current.values()) {
      if (loaded.isOf(jar)) {
        return loaded;
      }
    }
    return null;
  }

  private Loaded load(VerifiedJar jar) {
    LibraryManifest manifest = jar.manifest();
    if (manifest.isolation() == Isolation.AGENT && manifest.code() instanceof LibraryCode.Main(String main)) {
      var loader = new LibraryLoader(manifest.id() + "-" + manifest.version(), jar.archive());
      return new Loaded(jar, new CodeInAgent(new JavaCode(main, loader), abandoned));
    }
    return new Loaded(jar, new CodeInWorker(manifest, jar.jar(), workers));
  }

  /** Ends one call. */
  void giveBack(Loaded loaded) {
    synchronized (lock) {
      loaded.calls--;
      if (loaded.code.spoilt() && current.remove(loaded.manifest().id(), loaded)) {
        loaded.retired = true;
      }
      unloadIfIdle(loaded);
    }
  }

  /** Takes a version out of use, if it is loaded. */
  void retire(Bytes jar) {
    synchronized (lock) {
      Loaded found = find(jar);
      if (found != null) {
        current.remove(found.manifest().id());
        retire(found);
      }
    }
  }

  private void retire(Loaded loaded) {
    loaded.retired = true;
    unloadIfIdle(loaded);
  }

  private void unloadIfIdle(Loaded loaded) {
    if (loaded.retired && loaded.calls == 0) {
      loaded.code.close();
      if (!loaded.code.spoilt()) {
        closeJar(loaded);
      }
    }
  }

  /** A library that was given up may still load classes, so its jar stays open with it. */
  private static void closeJar(Loaded loaded) {
    try {
      loaded.jar.close();
    } catch (IOException e) {
      // It was only read; there is nothing to lose.
      return;
    }
  }

  /** The jars that are loaded and take calls. */
  List<Bytes> loaded() {
    synchronized (lock) {
      var jars = new ArrayList<Bytes>();
      current.values().forEach(loaded -> jars.add(loaded.jar.statement().sha256()));
      return jars;
    }
  }
}
