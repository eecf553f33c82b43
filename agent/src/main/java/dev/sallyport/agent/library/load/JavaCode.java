package dev.sallyport.agent.library.load;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.function.Consumer;

import dev.sallyport.library.Call;
import dev.sallyport.library.Library;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.library.LibraryFunction;
import org.jspecify.annotations.Nullable;

/** The object that a library's code is. It is made by the first call, on that call's thread: its constructor is the library's code too. */
public final class JavaCode {
  private final String main;
  private final LibraryLoader loader;
  private @Nullable Library library;

  /** @param main full name of the class */
  public JavaCode(String main, LibraryLoader loader) {
    this.main = main;
    this.loader = loader;
  }

  /**
   * Calls a function on this thread.
   *
   * @throws Exception whatever the library throws
   */
  public Json call(LibraryFunction function, List<Json> parameters, Consumer<String> output) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object result = library().call(new Call(function.name(), Values.parameters(function, parameters), output));
      if (result == null) {
        throw new IllegalStateException("it returned null");
      }
      return Values.result(function, result);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private synchronized Library library() throws ReflectiveOperationException {
    if (library == null) {
      library = loader.loadClass(main).asSubclass(Library.class).getConstructor().newInstance();
    }
    return library;
  }

  /** Has the library end what it has started. */
  public synchronized void close() {
    if (library != null) {
      library.close();
    }
  }

  /** Returns in words what a library threw; its own class is named, nothing of it is kept. */
  public static String explain(Throwable thrown) {
    Throwable cause = thrown instanceof InvocationTargetException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null || message.isBlank() ? "" : ": " + message);
  }
}
