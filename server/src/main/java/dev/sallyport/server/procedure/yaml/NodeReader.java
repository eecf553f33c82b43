package dev.sallyport.server.procedure.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonBool;
import dev.sallyport.protocol.json.JsonNull;
import dev.sallyport.protocol.json.JsonNumber;
import dev.sallyport.protocol.json.JsonString;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML event by event, so that nothing is built that was not asked for: anchors, aliases and tags are refused, and so is what is too deep
 * or too much, before it costs anything. What is no whole number, truth value or null is text, so that {@code 1.10} stays a version.
 */
public final class NodeReader {
  /** Most characters of a procedure: 256 Ki. */
  public static final int MAX_CHARACTERS = 256 << 10;
  /** Most blocks within one another. */
  static final int MAX_DEPTH = 32;
  /** Most values, lists and blocks. */
  static final int MAX_NODES = 20_000;

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");

  private final Iterator<Event> events;
  private int nodes;

  private NodeReader(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * Reads one document.
   *
   * @throws SourceException if it is anything else
   */
  public static Node read(String source) {
    if (source.length() > MAX_CHARACTERS) {
      throw new SourceException(Place.START, "a procedure has at most " + MAX_CHARACTERS + " characters, this has "
          + source.length());
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS + 1).setParseComments(false)
        .build();
    try {
      return new NodeReader(new Parse(settings).parseString(source).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      throw new SourceException(place(e.getProblemMark()), "this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new SourceException(Place.START, "this is no YAML: " + firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("it cannot be read");
  }

  private Node document() {
    next(Event.ID.StreamStart);
    Event start = events.next();
    if (start.getEventId() == Event.ID.StreamEnd) {
      throw new SourceException(Place.START, "this is empty; a procedure begins with \"steps:\"");
    }
    Node node = node(events.next(), 0);
    next(Event.ID.DocumentEnd);
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new SourceException(place(end.getStartMark()), "a second document begins here; write one procedure only");
    }
    return node;
  }

  private void next(Event.ID expected) {
    Event event = events.next();
    if (event.getEventId() != expected) {
      throw new SourceException(place(event.getStartMark()), "expected " + expected + ", found " + event.getEventId());
    }
  }

  private Node node(Event event, int depth) {
    Place place = place(event.getStartMark());
    if (++nodes > MAX_NODES) {
      throw new SourceException(place, "a procedure has at most " + MAX_NODES + " values");
    }
    if (depth > MAX_DEPTH) {
      throw new SourceException(place, "this is nested more than " + MAX_DEPTH + " times");
    }
    if (event instanceof AliasEvent) {
      throw new SourceException(place, "an alias (*name) has no place in a procedure; write the value out");
    }
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      throw new SourceException(place, "an anchor (&name) has no place in a procedure; leave it out");
    }
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, place);
      case SequenceStartEvent sequence -> {
        refuseTag(sequence.getTag(), place);
        yield sequence(place, depth);
      }
      case MappingStartEvent mapping -> {
        refuseTag(mapping.getTag(), place);
        yield mapping(place, depth);
      }
      default -> throw new SourceException(place, "a value is missing here");
    };
  }

  private Node sequence(Place place, int depth) {
    var items = new ArrayList<Node>();
    for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new Node.Sequence(place, items);
  }

  private Node mapping(Place place, int depth) {
    var entries = new ArrayList<Node.Entry>();
    var names = new HashSet<String>();
    for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
      if (!(node(event, depth + 1) instanceof Node.Scalar key)) {
        throw new SourceException(place(event.getStartMark()), "a name is expected here, followed by a colon");
      }
      if (!names.add(key.text())) {
        throw new SourceException(key.place(), "\"" + key.text() + "\" stands here twice; leave one of them out");
      }
      entries.add(new Node.Entry(key.place(), key.text(), node(events.next(), depth + 1)));
    }
    return new Node.Mapping(place, entries);
  }

  private static Node scalar(ScalarEvent event, Place place) {
    refuseTag(event.getTag(), place);
    String text = event.getValue();
    return new Node.Scalar(place, event.isPlain() ? plain(text) : new JsonString(text), text,
        event.isPlain() ? place : place.plus(1));
  }

  private static Json plain(String text) {
    return switch (text) {
      case "true" -> JsonBool.of(true);
      case "false" -> JsonBool.of(false);
      case "", "null", "~" -> JsonNull.NULL;
      default -> WHOLE.matcher(text).matches() ? new JsonNumber.Whole(Long.parseLong(text)) : new JsonString(text);
    };
  }

  private static void refuseTag(Optional<String> tag, Place place) {
    if (tag.isPresent()) {
      throw new SourceException(place, "a tag (!name) has no place in a procedure; leave it out");
    }
  }

  private static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1)).orElse(Place.START);
  }
}
