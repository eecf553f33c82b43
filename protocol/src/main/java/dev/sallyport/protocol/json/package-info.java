/**
 * A small strict JSON (RFC 8259): what it reads is unambiguous, what it writes is safe to embed.
 *
 * <p>{@link dev.sallyport.protocol.json.Json} is the tree, {@code JsonParser} makes it from hostile bytes, {@code
 * JsonWriter} makes bytes from it. The typed accessors of {@link dev.sallyport.protocol.json.JsonObject} know where they
 * stand, so that a refusal names the field, what was expected there and the limit.
 */
@NullMarked
package dev.sallyport.protocol.json;

import org.jspecify.annotations.NullMarked;
