/** Encrypted files in the format {@code age-encryption.org/v1}, so that the tool of that name opens what this server wrote, and the other way round. */
@NullMarked
package dev.sallyport.server.backup.age;

import org.jspecify.annotations.NullMarked;
