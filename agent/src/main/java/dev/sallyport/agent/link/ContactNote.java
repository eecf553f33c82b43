package dev.sallyport.agent.link;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import dev.sallyport.agent.log.Log;
import dev.sallyport.agent.state.StateFiles;
import dev.sallyport.agent.state.StateRecord;
import dev.sallyport.protocol.PlainText;
import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * What the running agent last knew of its link, for {@code status} to tell the person at the machine (incident T24). Written when it
 * changes, not at every attempt.
 */
public final class ContactNote {
  private static final String FILE = "contact";
  private static final int SCHEMA = 1;
  private static final int MAX_BYTES = 8192;
  private static final int MAX_TEXT_LENGTH = 500;

  /** While there is no link its reason may change with every attempt; the disk is spared most of them. */
  static final Duration REFRESH = Duration.ofMinutes(10);

  private final StateRecord stored;
  private final InstantSource clock;
  private final Log log;
  private Contact last = new Contact(false, "", Instant.EPOCH);

  /**
   * @param connected whether there is a link
   * @param about the server's address, or why there is no link
   * @param since when that began, by the machine's clock
   */
  public record Contact(boolean connected, String about, Instant since) {}

  public ContactNote(StateFiles files, InstantSource clock, Log log) {
    this.stored = new StateRecord(files, FILE, SCHEMA);
    this.clock = clock;
    this.log = log;
  }

  /** What the last agent that ran has noted; not connected to anything if none ever did. */
  public static Contact read(StateFiles files) throws IOException {
    var stored = new StateRecord(files, FILE, SCHEMA);
    if (!stored.exists()) {
      return new Contact(false, "it has never been connected", Instant.EPOCH);
    }
    try {
      JsonObject json = Json.parseObject(stored.read(), new JsonLimits(MAX_BYTES, 1));
      return new Contact(json.bool("connected"), json.string("about", MAX_TEXT_LENGTH), json.instant("since"));
    } catch (ProtocolException e) {
      throw new IOException("the agent's note of its last contact cannot be understood: " + e.getMessage(), e);
    }
  }

  void connected(String address) {
    write(new Contact(true, address, clock.instant()));
  }

  void notConnected(String why) {
    write(new Contact(false, why, clock.instant()));
  }

  private synchronized void write(Contact contact) {
    boolean same = contact.connected() == last.connected();
    if (same && (contact.about().equals(last.about()) || contact.since().isBefore(last.since().plus(REFRESH)))) {
      return;
    }
    last = contact;
    try {
      stored.write(JsonObject.builder().put("connected", contact.connected())
          .put("about", PlainText.clean(contact.about(), MAX_TEXT_LENGTH)).put("since", contact.since()).build()
          .bytes());
    } catch (IOException e) {
      log.trouble("contact", "could not note the state of the link: " + e.getMessage() + "; free some space");
    }
  }
}
