/** Browser sessions: log-in and log-out, their cookie, their CSRF token, their ends. */
@NullMarked
package dev.sallyport.server.access.session;

import org.jspecify.annotations.NullMarked;
