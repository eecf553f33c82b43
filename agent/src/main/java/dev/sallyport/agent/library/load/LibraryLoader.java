package dev.sallyport.agent.library.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.library.LibraryArchive;
import org.jspecify.annotations.Nullable;

/**
 * The classes of one version of a library, from its verified archive. It sees the JDK and the interface of libraries, and no class of the agent;
 * versions and libraries do not see each other. When nothing refers to it any more, its classes leave the memory.
 */
public final class LibraryLoader extends ClassLoader {
  private final LibraryArchive archive;

  /** @param name for stack traces */
  public LibraryLoader(String name, LibraryArchive archive) {
    super(name, new InterfaceOnly());
    this.archive = archive;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      Optional<byte[]> code = archive.read(name.replace('.', '/') + ".class");
      if (code.isEmpty()) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, code.get(), 0, code.get().length);
    } catch (IOException | ProtocolException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    if (!archive.names().contains(name)) {
      return null;
    }
    try {
      return URL.of(new URI("library", "", "/" + name, null), new Handler(archive, name));
    } catch (URISyntaxException | MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return Collections.enumeration(found == null ? List.of() : List.of(found));
  }

  /** What every library sees: the JDK, and the one package that it implements. */
  private static final class InterfaceOnly extends ClassLoader {
    private static final String INTERFACE = "dev.sallyport.library.";

    InterfaceOnly() {
      super(getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      ClassLoader own = LibraryLoader.class.getClassLoader();
      if (name.startsWith(INTERFACE) && own != null) {
        return own.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  /** Opens an entry where code asks for it by its URL. */
  private static final class Handler extends URLStreamHandler {
    private final LibraryArchive archive;
    private final String name;

    Handler(LibraryArchive archive, String name) {
      this.archive = archive;
      this.name = name;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
          try {
            return new ByteArrayInputStream(archive.read(name).orElseThrow(() -> new IOException(name)));
          } catch (ProtocolException e) {
            throw new IOException(e.getMessage(), e);
          }
        }
      };
    }
  }
}
