package dev.sallyport.server.backup.age;

import java.util.List;

import dev.sallyport.protocol.Bytes;

/**
 * One way to the file key.
 *
 * @param type of the recipient
 * @param arguments what else stands on the first line
 * @param body the wrapped key
 */
record Stanza(String type, List<String> arguments, Bytes body) {
  Stanza {
    arguments = List.copyOf(arguments);
  }
}
