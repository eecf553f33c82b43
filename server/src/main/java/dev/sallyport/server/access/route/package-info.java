/** Every request's way through the gate: where it comes from, which permission its route declares, who asks. */
@NullMarked
package dev.sallyport.server.access.route;

import org.jspecify.annotations.NullMarked;
