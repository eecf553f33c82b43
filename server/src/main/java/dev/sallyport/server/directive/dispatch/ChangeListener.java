package dev.sallyport.server.directive.dispatch;

/** Hears which directives have changed, after the change is on the disk. Must not block. */
@FunctionalInterface
public interface ChangeListener {
  /** A run of this directive, or its output, has changed. */
  void changed(String directive);
}
