package dev.sallyport.server.backup;

import java.time.Instant;

import dev.sallyport.protocol.ProtocolException;
import dev.sallyport.protocol.json.Json;
import dev.sallyport.protocol.json.JsonLimits;
import dev.sallyport.protocol.json.JsonObject;

/**
 * The first entry of a backup.
 *
 * @param server the version that wrote it
 * @param schema the version of the tables
 * @param created when it began; what is in it was there then
 */
record Manifest(String server, String schema, Instant created) {
  /** The entry's name. */
  static final String NAME = "manifest.json";

  /** Of what follows the manifest; another number for each layout that older servers cannot read. */
  private static final int FORMAT = 1;
  private static final int MAX_BYTES = 4096;
  private static final int MAX_TEXT_LENGTH = 100;

  byte[] encode() {
    return JsonObject.builder().put("product", "sallyport").put("format", FORMAT).put("server", server)
        .put("schema", schema).put("created", created).build().bytes();
  }

  /** @throws BackupException if it is none, or of a newer format */
  static Manifest decode(byte[] bytes) throws BackupException {
    try {
      JsonObject json = Json.parseObject(bytes, new JsonLimits(MAX_BYTES, 1));
      if (!json.string("product", MAX_TEXT_LENGTH).equals("sallyport")) {
        throw new BackupException("This is a file of another program.");
      }
      if (json.integer("format", 1, Integer.MAX_VALUE) != FORMAT) {
        throw new BackupException("This backup was made by a newer server (" + json.string("server", MAX_TEXT_LENGTH)
            + "). Restore it with that one.");
      }
      return new Manifest(json.string("server", MAX_TEXT_LENGTH), json.string("schema", MAX_TEXT_LENGTH),
          json.instant("created"));
    } catch (ProtocolException e) {
      throw new BackupException("The backup's manifest cannot be understood: " + e.getMessage() + ".", e);
    }
  }
}
