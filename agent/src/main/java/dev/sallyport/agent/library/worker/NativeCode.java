package dev.sallyport.agent.library.worker;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.sallyport.agent.library.load.Values;
import dev.sallyport.library.Library;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.library.LibraryArchive;
import dev.sallyport.protocol.library.LibraryCode;
import dev.sallyport.protocol.library.LibraryFunction;
import dev.sallyport.protocol.library.LibraryParameter;
import dev.sallyport.protocol.library.ValueType;

/**
 * Functions of a shared object, by Java's foreign functions (JEP 454). What the manifest says about them is believed: a function that takes
 * something else than is said there ends this process, and no other.
 */
@SuppressWarnings("restricted") // calling foreign functions is what this is for
final class NativeCode {
  private final SymbolLookup symbols;

  private NativeCode(SymbolLookup symbols) {
    this.symbols = symbols;
  }

  /** A shared object that the system's loader finds by its name. */
  static NativeCode ofSystem(String name) {
    return new NativeCode(SymbolLookup.libraryLookup(name, Arena.global()));
  }

  /** The shared object in the archive for this operating system and processor. */
  static NativeCode ofArchive(LibraryCode.Objects objects, LibraryArchive archive) throws IOException {
    String machine = machine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    String entry = objects.files().get(machine);
    if (entry == null) {
      throw new IOException("the library has nothing for " + machine);
    }
    Path file = Files.createTempFile("object", ".so");
    Files.write(file, archive.read(entry).orElseThrow(() -> new IOException("the library lacks its own " + entry)));
    return new NativeCode(SymbolLookup.libraryLookup(file, Arena.global()));
  }

  /** Operating system and processor, as manifests call them: {@code linux-amd64}. */
  static String machine(String osName, String processor) {
    String os = osName.toLowerCase(Locale.ROOT);
    String family = os.startsWith("mac") ? "macos" : os.startsWith("windows") ? "windows" : os;
    return family + "-" + processor.toLowerCase(Locale.ROOT);
  }

  /** Calls a function on this thread. */
  Json call(LibraryFunction function, List<Json> parameters) throws Exception {
    MemorySegment address = symbols.find(function.symbol())
        .orElseThrow(() -> new IOException("the shared object has no function " + function.symbol()));
    MethodHandle handle = Linker.nativeLinker().downcallHandle(address, descriptor(function));
    try (Arena arena = Arena.ofConfined()) {
      var arguments = new ArrayList<Object>();
      for (Object parameter : Values.parameters(function, parameters)) {
        arguments.add(parameter instanceof String text ? arena.allocateFrom(text, StandardCharsets.UTF_8) : parameter);
      }
      return Values.result(function, result(function, invoke(handle, arguments)));
    }
  }

  private static Object invoke(MethodHandle handle, List<Object> arguments) throws Exception {
    try {
      Object result = handle.invokeWithArguments(arguments);
      return result == null ? Library.NOTHING : result;
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("neither exception nor error", e);
    }
  }

  private static Object result(LibraryFunction function, Object result) throws IOException {
    if (!(result instanceof MemorySegment pointer)) {
      return result;
    }
    if (pointer.equals(MemorySegment.NULL)) {
      throw new IOException(function.symbol() + " returned no text");
    }
    return pointer.reinterpret(Values.MAX_RESULT_BYTES).getString(0, StandardCharsets.UTF_8);
  }

  private static FunctionDescriptor descriptor(LibraryFunction function) {
    var layouts = new ArrayList<MemoryLayout>();
    for (LibraryParameter parameter : function.parameters()) {
      layouts.add(layout(parameter.type()));
    }
    MemoryLayout[] all = layouts.toArray(new MemoryLayout[0]);
    return function.result() == ValueType.NONE
        ? FunctionDescriptor.ofVoid(all)
        : FunctionDescriptor.of(layout(function.result()), all);
  }

  private static MemoryLayout layout(ValueType type) {
    return switch (type) {
      case TEXT -> ValueLayout.ADDRESS;
      case INT -> ValueLayout.JAVA_INT;
      case LONG -> ValueLayout.JAVA_LONG;
      case DOUBLE -> ValueLayout.JAVA_DOUBLE;
      case BOOLEAN, BYTES, JSON, NONE -> throw new IllegalStateException("no type of C: " + type.word());
    };
  }
}
