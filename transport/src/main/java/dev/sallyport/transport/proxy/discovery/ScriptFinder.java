package dev.sallyport.transport.proxy.discovery;

import java.net.URI;
import java.util.List;

/** Where the network says that its proxy script is. */
@FunctionalInterface
public interface ScriptFinder {
  /** Places to look at, in this order; empty if the network says nothing. */
  List<URI> find();
}
