package dev.sallyport.server.procedure.yaml;

import java.util.List;
import java.util.Optional;

import dev.sallyport.protocol.json.Json;

/** A part of a procedure's text. */
public sealed interface Node {
  /** Where it begins. */
  Place place();

  /** What it is, for messages. */
  String kind();

  /**
   * A single value.
   *
   * @param value what it means: true, false, null, a whole number, else text
   * @param text as it is written, without quotes
   * @param first place of the first character of the text, after a quote
   */
  record Scalar(Place place, Json value, String text, Place first) implements Node {
    @Override
    public String kind() {
      return "a value";
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    /** Copies. */
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Values by name, in the order of the text. */
  record Mapping(Place place, List<Entry> entries) implements Node {
    /** Copies. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a block of names and values";
    }

    /** The entry of this name, if there is one. */
    public Optional<Entry> find(String name) {
      return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }
  }

  /** A name and its value. */
  record Entry(Place place, String name, Node value) {}
}
